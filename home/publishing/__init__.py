"""Who may publish, who looks at a page again, and when (docs/decisions/four-eyes.md)."""
