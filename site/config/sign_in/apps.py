"""allauth's accounts as a Django app of this house."""

from allauth.account.apps import AccountConfig


class Accounts(AccountConfig):
    """allauth wants its middleware listed under its own name, for every path; ours runs it on staff paths only."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401 (registers)

        from config.sign_in import checks as ours  # noqa: F401 (registers)
        from config.sign_in import notes  # noqa: F401 (listens)
