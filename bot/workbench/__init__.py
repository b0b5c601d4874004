"""The workbench: the web application with which the staff of an agency keep the bot true."""
