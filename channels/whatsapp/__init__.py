"""WhatsApp through Meta's Cloud API; off unless ``instance.yml`` lists it (see ``README.md``)."""
