"""The alert banner: who sees it, from when until when, and what may not stand in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from home.models import Alert, GuidancePage, InfoPage
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
SAID = "The form is closed today until noon."
PAGES = {
    "young": ["/young-people/", "/young-people/is-this-ok/"],
    "parents": ["/parents-and-carers/", "/parents-and-carers/signs-to-look-for/"],
    "professionals": ["/professionals/", "/professionals/what-to-do-now/"],
    "councillors": ["/councillors/", "/councillors/your-part/"],
}
FOR_ALL = ["/", "/find-help/", "/privacy/", "/tell-us/", "/tell-us/questions/"]
EVERY_PAGE = [*FOR_ALL, *(address for addresses in PAGES.values() for address in addresses)]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def alert(**values: Any) -> Alert:
    """An alert that is on now, unless its values say something else."""
    now = timezone.now()
    return Alert(**{"text": SAID, "start": now - timedelta(hours=1), "end": now + timedelta(hours=1)} | values)


def published(**values: Any) -> Alert:
    made = alert(**values)
    made.save()
    return made


def says(client: Client, address: str) -> bool:
    return SAID in text_of(client.get(address))


# --- Who sees it ------------------------------------------------------------------------------------------------


def test_an_alert_for_everyone_stands_on_every_page_once(client: Client, keys_in_use: None) -> None:
    published()
    for address in EVERY_PAGE:
        assert text_of(client.get(address)).count(SAID) == 1, address


@pytest.mark.parametrize("audience", PAGES)
def test_an_alert_for_one_door_stands_behind_that_door_alone(client: Client, keys_in_use: None, audience: str) -> None:
    published(everyone=False, **{f"for_{audience}": True})
    shown = {address for address in EVERY_PAGE if says(client, address)}
    assert shown == set(PAGES[audience])


def test_an_alert_for_two_doors_stands_behind_both(client: Client) -> None:
    published(everyone=False, for_parents=True, for_professionals=True)
    assert says(client, "/parents-and-carers/")
    assert says(client, "/professionals/what-to-do-now/")
    assert not says(client, "/young-people/")


def test_a_draft_is_shown_to_nobody(client: Client) -> None:
    published(live=False)
    assert not says(client, "/")


def test_the_most_urgent_comes_first_and_says_so(client: Client) -> None:
    for level, text in [(1, "First thing."), (3, "Second thing."), (2, "Third thing.")]:
        published(level=level, text=text)
    page = text_of(client.get("/"))
    assert page.index("Urgent:") < page.index("Important:") < page.index("For your information:")
    assert page.index("Second thing.") < page.index("Third thing.") < page.index("First thing.")


def test_a_number_in_an_alert_comes_from_its_record(client: Client) -> None:
    published(text="Call [[childline]].")
    assert '<a class="num-link" dir="ltr" href="tel:08001111">0800 1111</a>' in text_of(client.get("/"))


def test_an_alert_is_text_and_nothing_else(client: Client) -> None:
    published(text="<b>Bold</b> & <script>x</script>")
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in client.get("/").content.decode()


def test_an_alert_leads_on_to_a_page_while_that_page_is_there(client: Client) -> None:
    page = InfoPage.objects.get(slug="privacy")
    published(page=page, link_words="What we do with it")
    link = f'<a href="{page.get_url()}">What we do with it</a>'
    assert link in text_of(client.get("/"))
    page.unpublish()
    assert link not in text_of(client.get("/"))
    assert says(client, "/")


# --- From when until when ---------------------------------------------------------------------------------------


def test_it_begins_and_ends_by_itself_to_the_minute() -> None:
    made = published(start=NOW, end=NOW + timedelta(hours=2))
    on = [
        list(Alert.objects.on_now("", NOW + timedelta(minutes=minutes))) == [made]
        for minutes in (-1, 0, 60, 119, 120, 121)
    ]
    assert on == [False, True, True, True, False, False]


def test_clock_changes_move_nothing() -> None:
    # On 25 October 2026 at 2am British clocks go back to 1am: the hour from 1 to 2 comes twice.
    london = timezone.get_default_timezone()
    start = datetime(2026, 10, 24, 18, tzinfo=london)
    end = datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=1)
    published(start=start, end=end)
    first, second = (datetime(2026, 10, 25, 1, 29, tzinfo=london, fold=fold) for fold in (0, 1))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert Alert.objects.on_now("", first).exists()
    assert Alert.objects.on_now("", second).exists()
    assert not Alert.objects.on_now("", end).exists()


def test_an_end_is_compulsory_and_near() -> None:
    for end, said in [
        (None, "This field cannot be null."),
        (NOW, "It must end after it begins."),
        (NOW - timedelta(hours=1), "It must end after it begins."),
        (NOW + timedelta(days=60, minutes=1), "At most 60 days. What is still true then belongs on a page."),
    ]:
        with pytest.raises(ValidationError) as refused:
            alert(start=NOW, end=end).full_clean()
        assert refused.value.message_dict["end"] == [said]
    alert(start=NOW, end=NOW + timedelta(days=60)).full_clean()


def test_an_alert_that_is_wrong_goes_live_by_no_path() -> None:
    draft = published(live=False)
    draft.end = draft.start + timedelta(days=90)
    revision = draft.save_revision(clean=False)
    with pytest.raises(ValidationError, match="60 days"):
        revision.publish()
    assert not Alert.objects.get(pk=draft.pk).live


def test_the_list_says_where_each_is_in_its_life() -> None:
    hour = timedelta(hours=1)
    now = timezone.now()
    states = [
        alert(live=False).state,
        alert(start=now + hour, end=now + 2 * hour).state,
        alert().state,
        alert(start=now - 2 * hour, end=now - hour).state,
    ]
    assert states == ["Draft", "Not begun", "On now", "Ended"]


# --- What may not stand in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [{"everyone": True}, {"everyone": False, "for_young": True}])
@pytest.mark.parametrize("word", ["abuse", "Grooming", "sexual", "report"])
def test_what_young_people_see_tells_nothing(who: dict[str, bool], word: str) -> None:
    with pytest.raises(ValidationError, match="over their shoulder"):
        alert(text=f"New: {word} in town.", **who).full_clean()
    with pytest.raises(ValidationError, match="over their shoulder"):
        alert(page=InfoPage.objects.first(), link_words=f"About {word}", **who).full_clean()


def test_the_title_of_the_page_behind_the_link_tells_nothing_either() -> None:
    page = GuidancePage.objects.exclude(title__iregex="sex|abus|exploit|report|groom|rape").last()
    page.title = "Signs of grooming"
    with pytest.raises(ValidationError, match="over their shoulder"):
        alert(page=page).full_clean()


def test_other_doors_may_be_told_what_it_is() -> None:
    alert(text="New: how to report abuse. Sussex too.", everyone=False, for_professionals=True).full_clean()
    alert(text="Sussex has a therapeutic team.").full_clean()


def test_somebody_must_be_chosen() -> None:
    with pytest.raises(ValidationError, match="at least one of the doors"):
        alert(everyone=False).full_clean()


def test_a_typed_number_and_an_unknown_key_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"write \[\[childline\]\]"):
        alert(text="Call 0800 1111.").full_clean()
    with pytest.raises(ValidationError, match="“nobody”"):
        alert(text="Call [[nobody]].").full_clean()


# --- What it costs, and when the database is away ------------------------------------------------------------------


def test_alerts_cost_one_query_however_many_there_are(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        list(Alert.objects.on_now("young"))
    for number in range(5):
        published(text=f"Thing {number}.", page=InfoPage.objects.first())
    with django_assert_num_queries(1):
        shown = list(Alert.objects.on_now("young"))
        assert [bool(one.words_of_link) for one in shown] == [True] * 5


def test_without_the_database_nothing_is_shown_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    from home.templatetags.alerts import alerts_now

    def away(*args: object) -> None:
        raise DatabaseError

    assert alerts_now({"request": None}) == []
    published()
    assert len(alerts_now({"request": None})) == 1
    # Pages that hold somebody's words, and error pages, are made without asking.
    assert alerts_now({"request": None, "bare_foot": True}) == []
    assert alerts_now({}) == []
    monkeypatch.setattr(type(Alert.objects), "on_now", away)
    assert alerts_now({"request": None}) == []


# --- In the CMS -------------------------------------------------------------------------------------------------


def test_an_editor_makes_an_alert_sees_it_before_and_readers_see_it_then(editor: Any, client: Client) -> None:
    address = "/cms/snippets/home/alert/add/"
    form = editor.fields_of(address, "text")
    form["end"] = timezone.localtime(timezone.now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    form["everyone"] = "on"
    preview = "/cms/snippets/home/alert/preview/"
    wanted = form.copy()
    wanted["text"] = SAID
    assert editor.post(preview, wanted).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(f"{preview}?in_preview_panel=true")
    assert SAID in text_of(shown)
    assert not says(client, "/")
    assert editor.save(address, form, text=SAID).status_code == 302
    assert says(client, "/")
    assert "On now" in text_of(editor.get("/cms/snippets/home/alert/"))


def test_a_draft_of_an_alert_may_be_unfinished(editor: Any) -> None:
    address = "/cms/snippets/home/alert/add/"
    form = editor.fields_of(address, "text")
    form["end"] = timezone.localtime(timezone.now() + timedelta(hours=3)).strftime("%Y-%m-%d %H:%M")
    answer = editor.save(address, form, text="Call 0800 1111.")
    assert answer.status_code == 200
    assert "write [[childline]]" in text_of(answer)
    assert not Alert.objects.get().live, "what was typed is kept, and nobody sees it"
