"""The readable engine: organisations as Mesa agents. Mesa lives only here."""
