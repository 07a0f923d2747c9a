"""The same calls of Telegram's Bot API made by python-telegram-bot, which loads quickly. Nothing is imported here."""
