"""The ways to reach a service, as readers see them: no button promises what is not behind it."""

from resources.models import Contact
from resources.service import Service, way


def test_who_has_a_website_and_no_other_way_is_offered_as_a_website() -> None:
    contact = Contact(key="charity", name="Charity", website="https://charity.example/")
    [only] = Service.of(contact, {}).ways
    assert (only.words, only.href) == ("Website", "https://charity.example/")


def test_who_has_another_way_is_not_offered_twice() -> None:
    contact = Contact(key="line", name="Line", website="https://line.example/")
    contact.ways = [{"type": "call", "value": "01632 960 001"}]
    assert [one.words for one in Service.of(contact, {}).ways] == ["Call 01632 960 001"]


def test_an_address_of_e_mail_may_break_before_its_at() -> None:
    assert way("email", "someone@council.example").breakable == ["E-mail someone", "@council.example"]
    assert way("call", "01632 960 001").breakable == ["Call 01632 960 001"]
