"""Writers, editors, emergency publishers, safeguarding reviewers: who may do what in the CMS. None of them has any
right over `reporting`.

Runs after every `migrate`, so that an upgrade which brings a new kind of record gives them rights over it, and gives
it the workflow. It only adds: what a council gave or made besides stays. Wagtail's own two groups become the first two
of ours.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import (
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions, get_snippet_models

from home.publishing.policy import is_for_the_team

WRITERS, EDITORS, EMERGENCY = "Writers", "Editors", "Emergency publishers"
#: People of the safeguarding team, who read the texts of the concern form before anybody else does.
REVIEWERS = "Safeguarding reviewers"
#: What Wagtail calls the groups it makes.
WAGTAILS = {"Editors": WRITERS, "Moderators": EDITORS}
#: What each role may do with pages and with every kind of snippet. An emergency publisher is an editor with one more.
RIGHTS = {
    WRITERS: ("view", "add", "change"),
    EDITORS: ("view", "add", "change", "delete", "publish"),
}
PAGE_RIGHTS = ("add", "change", "publish")
#: What editors may do with what the team reads, and what the team may do with it.
WRITING, REVIEWING = ("view", "change"), ("view", "change", "publish")
SECOND_PAIR, REVIEW = "Second pair of eyes", "Safeguarding review"
WAGTAILS_WORKFLOW = "Moderators approval"


def make_roles(sender: AppConfig, apps: Any = apps, **kwargs: Any) -> None:
    """Make the groups, and give them their rights; nothing while an older state of the database is wanted."""
    try:
        apps.get_model("home", "SecondPairOfEyes")
    except LookupError:
        return
    make_permissions()
    if not Group.objects.filter(name=WRITERS).exists():
        for old, new in WAGTAILS.items():
            Group.objects.filter(name=old).update(name=new)
    came_now = kinds_to_publish() - published_by(EDITORS)
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        give_rights(group, rights)
    # To add a language and to begin a translation.
    languages = [
        *named("wagtailcore", "add_locale", "change_locale"),
        *named("simple_translation", "submit_translation"),
    ]
    Group.objects.get(name=EDITORS).permissions.add(*languages)
    group, _ = Group.objects.get_or_create(name=EMERGENCY)
    group.permissions.add(*named("home", "publish_alone"), *named("wagtailadmin", "access_admin"))
    make_workflow(came_now)
    make_review()


def make_permissions() -> None:
    """Django and Wagtail make permissions app by app, some of them later than this."""
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    create_extra_permissions(apps.get_app_config("wagtailsnippets"))


def give_rights(group: Group, rights: tuple[str, ...]) -> None:
    """The rights over all pages and all snippets."""
    group.permissions.add(*named("wagtailadmin", "access_admin"))
    for model in get_snippet_models():
        allowed = set(rights) & set(WRITING) if is_for_the_team(model) else rights
        group.permissions.add(*rights_over(model, allowed))
    root = Page.get_first_root_node()
    if root is None:
        return  # Wagtail's own migrations were undone
    # Pages are withdrawn by unpublishing; deleting a whole branch is nobody's daily work.
    for permission in named("wagtailcore", *(f"{right}_page" for right in rights if right in PAGE_RIGHTS)):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def rights_over(model: type[Model], rights: Iterable[str]) -> list[Permission]:
    """What may be done with one kind of record."""
    return named(model._meta.app_label, *(f"{right}_{model._meta.model_name}" for right in rights))


def named(app: str, *names: str) -> list[Permission]:
    """Permissions by their names."""
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=names))


def kinds_to_publish() -> set[Any]:
    """The kinds of snippets that the workflow of editors can publish."""
    return {model for model in get_snippet_models() if issubclass(model, WorkflowMixin) and not is_for_the_team(model)}


def published_by(group: str) -> set[Any]:
    """The kinds of records that the members of a group may publish."""
    rights = Permission.objects.filter(group__name=group, codename__startswith="publish_")
    return {right.content_type.model_class() for right in rights.select_related("content_type")}


def make_workflow(came_now: set[Any]) -> None:
    """Asking for a second pair of eyes: Wagtail's own workflow gets our step, for all pages and records. Once.

    Kinds of records that came with this upgrade get the same workflow, if it is still there.
    """
    from home.models import SecondPairOfEyes

    task, made = SecondPairOfEyes.objects.get_or_create(name=SECOND_PAIR)
    if not made:
        for workflow in Workflow.objects.filter(active=True, workflow_tasks__task=task)[:1]:
            give_workflow(workflow, came_now)
        return
    task.groups.add(Group.objects.get(name=EDITORS))
    workflow, _ = Workflow.objects.update_or_create(name=WAGTAILS_WORKFLOW, defaults={"name": SECOND_PAIR})
    for before in Task.objects.filter(workflow_tasks__workflow=workflow):
        before.deactivate()  # what waits there is asked for again
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    if root := Page.get_first_root_node():
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    give_workflow(workflow, kinds_to_publish())


def make_review() -> None:
    """The team's group, and the workflow that asks somebody of it. The workflow is made once."""
    from home.models import SecondPairOfEyes

    models = [model for model in get_snippet_models() if is_for_the_team(model)]
    group, _ = Group.objects.get_or_create(name=REVIEWERS)
    # They look up the keys of contacts, which texts name.
    group.permissions.add(*named("wagtailadmin", "access_admin"), *named("resources", "view_contact"))
    group.permissions.add(*(right for model in models for right in rights_over(model, REVIEWING)))
    task, made = SecondPairOfEyes.objects.get_or_create(name=REVIEW)
    if not made:
        return
    task.groups.add(group)
    workflow = Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    give_workflow(workflow, set(models))


def give_workflow(workflow: Workflow, models: set[Any]) -> None:
    """Let a workflow publish these kinds of records, unless another one does."""
    for kind in ContentType.objects.get_for_models(*models).values():
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
