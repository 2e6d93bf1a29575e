# Lists the GPUs that the container sees: "gpu <name, driver version>" for each, then "exit" and nvidia-smi's exit code.
# When it fails, its output comes first, in lines that begin with "said". Needs sh, nvidia-smi, sed, head.
set -u
result="${RESULT:-/dev/termination-log}"
said=$(nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>&1)
exit="$?"
word=gpu
if [ "$exit" != 0 ]; then
  word=said
fi
{
  printf '%s\n' "$said" | head -n 16 | head -c 2000 | sed "s/^/$word /"
  printf '\nexit %s\n' "$exit"
} > "$result"
