"""What reports cost: a project of claims of all kinds, told in every form."""
