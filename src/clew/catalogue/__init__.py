"""Every sentence that a person reads, in every language: of the runtime and of the games that bring their own.

Knows no HTTP and no page (docs/decisions/0130-one-catalogue.md).

Internal, but for what docs/public-modules.md names.
"""
