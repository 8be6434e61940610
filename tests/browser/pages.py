"""The published pages of the running demonstration, for tests that walk them."""

PAGES = [
    "/",
    "/young-people/",
    "/young-people/is-this-ok/",
    "/parents-and-carers/",
    "/parents-and-carers/signs-to-look-for/",
    "/professionals/",
    "/professionals/what-to-do-now/",
    "/councillors/",
    "/councillors/your-part/",
    "/councillors/local-picture-2015/",
    "/find-help/",
    "/find-help/?for=young&by=text&open=now",
    "/using-this-site-safely/",
    "/privacy/",
    "/accessibility/",
    "/tell-us/",
    "/tell-us/before-you-start/",
    "/tell-us/questions/",
    "/tell-us/reply/",
    "/there-is-no-such-page/",
]
