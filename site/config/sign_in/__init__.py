"""How staff sign in, at the CMS and at the desk: django-allauth, with what our house wants of it."""
