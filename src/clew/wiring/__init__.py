"""The composition root: settings to a running node; and what operators' commands stand on."""
