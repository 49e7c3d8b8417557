"""A support platform for online shops: chat for shoppers, a desk for staff, an API for both."""
