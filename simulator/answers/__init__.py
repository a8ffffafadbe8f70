"""What every answer is made of: sentences, tables, figures and files, whatever was asked."""
