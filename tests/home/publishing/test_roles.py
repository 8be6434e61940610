"""Writers, editors, publishers, reviewers: what each may do, and that none sees anything of what people told us."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import GroupPagePermission, Workflow, WorkflowContentType

from home.models import FormText, SearchWords, Sign
from home.publishing.roles import EDITORS, EMERGENCY, REVIEW, REVIEWERS, WRITERS, make_roles

pytestmark = pytest.mark.django_db
OURS = (WRITERS, EDITORS, EMERGENCY, REVIEWERS)
ROLES = ("writer", "editor", "publisher", "reviewer")


def rights_of(group: str) -> set[str]:
    found = Group.objects.get(name=group).permissions.values_list("content_type__app_label", "codename")
    pages = GroupPagePermission.objects.filter(group__name=group).values_list("permission__codename", flat=True)
    return {f"{app}.{name}" for app, name in found} | {f"pages.{name}" for name in pages}


def test_writers_write_and_editors_publish() -> None:
    writers, editors = rights_of(WRITERS), rights_of(EDITORS)
    assert {"pages.add_page", "pages.change_page", "resources.change_contact", "home.change_sign"} <= writers
    ours = [right for right in writers if right.startswith(("pages.", "home.", "resources."))]
    assert not [right for right in ours if "publish" in right or "delete" in right]
    published = {"pages.publish_page", "resources.publish_contact", "resources.publish_place", "home.publish_sign"}
    published |= {"resources.publish_authority", "resources.publish_areaboard"}
    taught = {f"home.{right}_{kind}words" for right in ("add", "change") for kind in ("search", "distress")}
    assert taught <= writers
    published |= {"home.publish_searchwords", "home.publish_promotedpage", "home.publish_distresswords"}
    assert published <= editors
    assert writers <= editors


def test_an_emergency_publisher_has_one_right_more() -> None:
    assert rights_of(EMERGENCY) == {"wagtailadmin.access_admin", "home.publish_alone"}
    assert "home.publish_alone" not in rights_of(EDITORS)


def test_wagtails_own_groups_became_ours() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(OURS)


def test_the_safeguarding_team_publishes_the_texts_of_the_form_and_nothing_else() -> None:
    rights = rights_of(REVIEWERS)
    assert {right for right in rights if "publish" in right} == {"home.publish_formtext"}
    assert not [right for right in rights if right.startswith("pages.")]
    for group in (WRITERS, EDITORS):
        over_texts = {right for right in rights_of(group) if right.endswith("_formtext")}
        assert over_texts == {"home.view_formtext", "home.change_formtext"}


def test_each_workflow_has_one_step_and_one_group() -> None:
    groups = {
        workflow.name: [task.specific.groups.get().name for task in workflow.tasks]
        for workflow in Workflow.objects.all()
    }
    assert groups == {"Second pair of eyes": [EDITORS], REVIEW: [REVIEWERS]}
    assert workflow_of(FormText) == REVIEW
    assert workflow_of(Sign) == "Second pair of eyes"


def test_an_upgrade_gives_what_is_missing_and_keeps_what_was_made() -> None:
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.clear()
    Group.objects.create(name="Moderators")
    Workflow.objects.filter(name="Second pair of eyes").update(name="The council’s own")
    before = {name: rights_of(name) for name in OURS}
    call_command("migrate", verbosity=0)
    assert "resources.publish_contact" in rights_of(EDITORS)
    assert before[WRITERS] == rights_of(WRITERS)
    assert Group.objects.filter(name="Moderators").exists()
    assert Workflow.objects.filter(name="The council’s own").exists()
    assert not Workflow.objects.filter(name="Second pair of eyes").exists()


def test_an_upgrade_gives_the_workflow_to_new_kinds_of_records_alone() -> None:
    """As when words of the search got drafts, on a site whose council wants no workflow for its signs."""
    assert workflow_of(SearchWords) == workflow_of(Sign) == "Second pair of eyes"
    WorkflowContentType.objects.filter(content_type__model__in=["searchwords", "sign"]).delete()
    Group.objects.get(name=EDITORS).permissions.remove(Permission.objects.get(codename="publish_searchwords"))
    call_command("migrate", verbosity=0)
    assert workflow_of(SearchWords) == "Second pair of eyes"
    assert workflow_of(Sign) is None


def workflow_of(model: Any) -> str | None:
    kind = WorkflowContentType.objects.filter(content_type=ContentType.objects.get_for_model(model)).first()
    return kind.workflow.name if kind else None


def test_members_of_wagtails_groups_keep_their_work() -> None:
    """As on a site that was set up before these roles existed."""
    Group.objects.filter(name=WRITERS).update(name="Wagtail’s")
    Group.objects.filter(name=EDITORS).update(name="Moderators")
    Group.objects.filter(name="Wagtail’s").update(name="Editors")
    moderator = User.objects.create(username="long-standing")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    make_roles(apps.get_app_config("home"))
    assert [group.name for group in moderator.groups.all()] == [EDITORS]


@pytest.mark.parametrize("group", OURS)
def test_no_group_has_a_right_over_what_people_told_us(group: str) -> None:
    reporting = {config.label for config in apps.get_app_configs() if config.name.startswith("reporting")}
    assert len(reporting) == 4
    rights = rights_of(group)
    assert rights
    assert not [right for right in rights if right.partition(".")[0] in reporting]


def addresses(resolver: Any, before: str = "") -> Iterator[str]:
    """Every address of the site, with a made-up value where one is asked for."""
    for pattern in resolver.url_patterns:
        here = before + made_up(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        elif isinstance(pattern, URLPattern):
            yield here


def made_up(pattern: str) -> str:
    pattern = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", pattern)
    pattern = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", pattern)
    pattern = re.sub(r"<(?:(?:int|str|slug|path):)?\w+>", "1", pattern)
    return pattern.lstrip("^").rstrip("$").replace("\\", "")


def under(prefix: str) -> list[str]:
    return sorted({f"/{address}" for address in addresses(get_resolver()) if f"/{address}".startswith(prefix)})


@pytest.mark.parametrize("role", ROLES)
def test_no_role_gets_anything_of_the_desk(sign_in: Any, role: str) -> None:
    person = sign_in(role)
    desk = [address for address in under("/mash/") if address not in ("/mash/sign-in/", "/mash/sign-out/")]
    assert len(desk) >= 8
    for address in desk:
        assert person.client.get(address).status_code in (302, 403, 404, 405), address


def test_no_address_of_the_cms_shows_anything_of_reporting(sign_in: Any) -> None:
    """As an emergency publisher, who has every right that any of the roles has."""
    person = sign_in("publisher")
    cms = [address for address in under("/cms/") if address not in ("/cms/logout/", "/cms/failwhale/")]
    assert len(cms) > 200
    opened = 0
    for address in cms:
        response = person.client.get(address)
        if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            opened += 1
            words = response.content.decode()
            assert "/mash/" not in words, address
            assert not re.search(r"/cms/[\w/-]*\b(inbox|report|letter|outboxmail|officer|slot|sealingkey)/", words), (
                address
            )
    assert opened > 40
