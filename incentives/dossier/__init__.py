"""The application for the certificate of incentives: what is asked, checked, printed and granted."""
