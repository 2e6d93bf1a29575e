# Writes VALUE to a file of the volume and reads it back: "written", or "refused" and the error in base64.
# Needs sh, cat, sync, base64, head, tr.
set -u
result="${RESULT:-/dev/termination-log}"
volume="${VOLUME:-/volume}"
if said=$( { printf '%s' "$VALUE" > "$volume/probe" && sync; } 2>&1) && [ "$(cat "$volume/probe")" = "$VALUE" ]; then
  echo written > "$result"
else
  printf 'refused %s\n' "$(printf '%s' "${said:-it reads back otherwise}" | head -c 400 | base64 | tr -d '\n')" > "$result"
fi
