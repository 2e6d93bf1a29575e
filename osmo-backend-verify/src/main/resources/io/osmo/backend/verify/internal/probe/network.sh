# Sends a request to each line of TARGETS, "kind url", all at the same time, and writes one line for each to RESULT:
#   answer <number> <curl's exit code> <HTTP status> <TLS version> <seconds> <date> <expiry> <body> <error>
# The seconds are this node's clock when the answer arrived; the last four are base64, "-" if empty.
# Needs sh, curl 7.88 or newer for the expiry, base64, date, sed, tail, head, tr. Values come from the environment only.
set -u
result="${RESULT:-/dev/termination-log}"
scratch="${SCRATCH:-/tmp}"

encode() {
  text=$(base64 | tr -d '\n')
  printf '%s' "${text:--}"
}

ask() {
  number="$1" kind="$2" url="$3"
  file="$scratch/$number"
  if [ "$kind" = websocket ]; then
    # The key is the sample of RFC 6455; nothing is sent after an upgrade.
    set -- --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
      -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  else
    set --
  fi
  curl -q -g -s -S -v --proto '=http,https' --connect-timeout 10 --max-time 20 --stderr "$file.log" \
    -D "$file.head" -o "$file.body" -w '%{http_code}\n%{certs}' "$@" --url "$url" > "$file.out" 2> /dev/null
  exit="$?"
  seconds=$(date -u +%s)
  status=$(head -n 1 "$file.out")
  tls=$(sed -n 's/^\* SSL connection using \([^ ]*\).*/\1/p' "$file.log" | head -n 1)
  date=$(sed -n 's/^[Dd][Aa][Tt][Ee]: *//p' "$file.head" 2> /dev/null | tail -n 1 | tr -d '\r\n' | encode)
  expiry=$(sed -n 's/^Expire date: *//p' "$file.out" | head -n 4 | encode)
  body=-
  if [ "$kind" = service ]; then
    body=$(head -c 200 "$file.body" 2> /dev/null | encode)
  fi
  error=$(sed -n 's/^curl: //p' "$file.log" | tail -n 1 | head -c 120 | encode)
  printf 'answer %s %s %s %s %s %s %s %s %s\n' "$number" "$exit" "${status:-000}" "${tls:--}" "$seconds" "$date" \
    "$expiry" "$body" "$error" >> "$result"
}

printf '%s\n' "$TARGETS" | {
  number=0
  while read -r kind url; do
    ask "$number" "$kind" "$url" &
    number=$((number + 1))
  done
  wait
}
