"""What every answer tells the browser: load nothing from elsewhere, run nothing that is not ours."""

import secrets

from flask import Flask, Response, g

# Charts are inline SVG with a style of their own, which carries the nonce; scripts come from /static only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY_WITHOUT_NONCE = POLICY.format(nonce="")


def style_nonce() -> str:
    """The word that lets an inline `<style nonce=…>` of this answer through; fresh for every answer."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    nonce: str = g.style_nonce
    return nonce


def secure(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.jinja_env.globals["style_nonce"] = style_nonce

    @app.after_request
    def add_headers(response: Response) -> Response:
        nonce = g.get("style_nonce")
        policy = POLICY.format(nonce=f" 'nonce-{nonce}'") if nonce else POLICY_WITHOUT_NONCE
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
