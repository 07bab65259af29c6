"""Who answers which path: one module for each kind of address."""
