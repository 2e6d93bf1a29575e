# Requests URL twice over one connection that is idle in between, and writes three or four lines to RESULT:
#   first <HTTP status> <new connections> <connection header>
#   second <the same>, unless the first failed
#   exit <curl's exit code>
#   error <base64>, "-" where there is none
# RATE is how often curl sends a request: once in 64 s, more than the 60 s that load balancers often allow, less than the 75 s after which
# nginx closes a connection that waits for a request. Needs sh, curl 7.84 or newer, base64, sed, head, tr.
set -u
result="${RESULT:-/dev/termination-log}"
scratch="${SCRATCH:-/tmp}"
curl -q -g -s -S --proto '=http,https' --http1.1 --fail-early --rate "${RATE:-56/h}" --connect-timeout 10 --max-time 20 \
  --stderr "$scratch/error" -w '%{http_code} %{num_connects} %header{connection}\n' \
  -o /dev/null -o /dev/null --url "$URL" --url "$URL" > "$scratch/out"
exit="$?"
error=$(sed -n 's/^curl: //p' "$scratch/error" 2> /dev/null | head -n 1 | head -c 200 | base64 | tr -d '\n')
{
  head -c 400 "$scratch/out" | sed -e '1s/^/first /' -e '2s/^/second /'
  printf 'exit %s\nerror %s\n' "$exit" "${error:--}"
} > "$result"
