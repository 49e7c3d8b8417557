"""How a reply is worded: from the evidence alone, by a model in the voice of the shop or without one."""
