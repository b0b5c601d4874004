"""Building blocks of our two web applications, the public page and the workbench."""
