"""Translations as gettext catalogues (PO): what translators' programs read and write."""
