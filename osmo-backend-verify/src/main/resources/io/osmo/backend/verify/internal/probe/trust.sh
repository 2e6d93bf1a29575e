# Makes curl trust the certificates in AUTHORITIES, if there are any, in addition to its own. Needs cat.
if [ -n "${AUTHORITIES:-}" ]; then
  trusted="${SCRATCH:-/tmp}/authorities.pem"
  cat "${CURL_CA_BUNDLE:-/etc/ssl/certs/ca-certificates.crt}" > "$trusted" 2> /dev/null
  printf '\n%s\n' "$AUTHORITIES" >> "$trusted"
  export CURL_CA_BUNDLE="$trusted"
fi
