#!/usr/bin/env bash
# What is to be checked on a machine with an NVIDIA card, in the order of what matters most.
#
#   examples/bench/gpu-check.sh [--dry] [--out DIR] [--minutes M] [--only PART[,PART...]]
#
#   --dry      print what each part would run, and run nothing
#   --out      where logs go, one for each part, and summary.txt (runs/gpu-check)
#   --minutes  how long the training part trains (10)
#   --only     these parts alone: machine, doctor, check, cards, compare, times, memcheck, racecheck, train
#
# Runs from a built checkout (examples/tandem builds one), or from a folder that holds a Java runtime
# (jre), the class path (lib/*.jar), this script and torch_gan.py. Each part has a time limit of its
# own; one that cannot run says why. Exit code 0 unless a part that ran has failed.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dry=false out=runs/gpu-check minutes=10 only=
all="machine doctor check cards compare times memcheck racecheck train"

usage() {
  sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed -n 's/^# \{0,1\}//p'
}

while (($#)); do
  case $1 in
    --dry) dry=true ;;
    --out | --minutes | --only)
      [[ $# -gt 1 ]] || { echo "gpu-check: $1 wants a value (see --help)" >&2; exit 2; }
      declare "${1#--}=$2"
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *) echo "gpu-check: $1 is no option of this (see --help)" >&2; exit 2 ;;
  esac
  shift
done
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "gpu-check: --minutes is not a whole number above 0: $minutes" >&2; exit 2; }
for part in ${only//,/ }; do
  [[ " $all " == *" $part "* ]] || { echo "gpu-check: there is no part $part; there are $all" >&2; exit 2; }
done

# Java, the class path and PyTorch's script, of the one place or of the other.
if [[ -d $here/jre && -d $here/lib ]]; then
  java=$here/jre/bin/java torch=$here/torch_gan.py
  class_path=$(printf '%s:' "$here"/lib/*.jar)
else
  root=$(cd "$here/../.." && pwd)
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java torch=$here/torch-cuda/torch_gan.py
  if [[ ! -f $root/examples/target/class-path ]]; then
    echo "gpu-check: this checkout is not built; run examples/tandem doctor first" >&2
    exit 2
  fi
  class_path=$root/examples/target/tandem-examples.jar:$(<"$root/examples/target/class-path")
fi

# The libraries that a toolkit or PyTorch's wheels have brought.
folders=$(
  site=$(python3 -c 'import os, torch; print(os.path.dirname(os.path.dirname(torch.__file__)))' 2> /dev/null)
  {
    [[ -n $site ]] && find -H "$site/nvidia" -name '*.so*' -printf '%h\n' 2> /dev/null
    find -H /usr/local/cuda*/lib64 /usr/local/cuda*/targets/*/lib /usr/local/nvidia/lib64 \
      -maxdepth 1 -name '*.so*' -printf '%h\n' 2> /dev/null
  } | sort -u | paste -sd:
)
export LD_LIBRARY_PATH=$folders${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc 2> /dev/null || echo 4)}
start=("$java" -Xmx4g "-Djava.library.path=$LD_LIBRARY_PATH" -Dorg.bytedeco.javacpp.pathsFirst=true
  -Dorg.bytedeco.javacpp.maxbytes=16g -Dorg.bytedeco.javacpp.maxphysicalbytes=24g -cp "$class_path")
tandem=("${start[@]}" dev.tandem.examples.Main)
check=("${start[@]}" dev.tandem.cuda.driver.CudaCheck)
cards=("${start[@]}" dev.tandem.cuda.CudaCardsCheck)

$dry || mkdir -p "$out" || exit 2
failed=0

# NAME TEXT: a line of the summary.
tell() {
  printf '%-10s %s\n' "$1" "$2"
  $dry || printf '%-10s %s\n' "$1" "$2" >> "$out/summary.txt"
}

# NAME SECONDS COMMAND...: runs a command under a limit, its output behind what is in the part's log.
run() {
  local name=$1 limit=$2 code
  shift 2
  if $dry; then
    local shown=" $* "
    shown=${shown//" ${start[*]} "/ java … }
    tell "$name" "would run, at most $limit s:$shown"
    return
  fi
  timeout -k 10 "$limit" "$@" >> "$out/$name.log" 2>&1
  code=$?
  if ((code == 124 || code == 137)); then
    tell "$name" "FAILED: stopped after $limit s; see $out/$name.log"
    failed=1
  elif ((code != 0)); then
    tell "$name" "FAILED with exit code $code: $({ grep -m 1 FAILED "$out/$name.log" || tail -n 1 "$out/$name.log"; } | cut -c 1-300)"
    failed=1
  else
    tell "$name" "done; $(tail -n 1 "$out/$name.log" | cut -c 1-300)"
  fi
}

# NAME: whether a part is wanted; its log begins anew.
wanted() {
  [[ -z $only || ,$only, == *,$1,* ]] || return 1
  $dry || : > "$out/$1.log"
}

# NAME: whether a wanted part can use a card; says if not.
on_card() {
  wanted "$1" || return 1
  $dry && return 0
  if [[ -n $no_card ]]; then
    tell "$1" "not run: $no_card"
    return 1
  fi
}

has() {
  command -v "$1" > /dev/null
}

no_card=
if ! has nvidia-smi; then
  no_card="there is no card: no nvidia-smi, which comes with NVIDIA's driver"
elif ! nvidia-smi -L 2> /dev/null | grep -q GPU; then
  no_card="there is no card: nvidia-smi lists none"
fi

$dry || : > "$out/summary.txt"

if wanted machine; then
  if [[ -n $no_card ]] && ! $dry; then
    tell machine "$(uname -sm), $OMP_NUM_THREADS threads; $no_card"
  else
    run machine 30 nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader
  fi
fi

if wanted doctor; then
  run doctor 120 "${tandem[@]}" doctor
fi

if on_card check; then
  run check 240 "${check[@]}"
fi

# Workers with a card each, where there are two.
if on_card cards; then
  if ! $dry && (($(nvidia-smi -L | grep -c GPU) < 2)); then
    tell cards "not run: workers on cards want two, and there is one"
  else
    run cards 240 "${cards[@]}"
    run cards 240 "${tandem[@]}" gan --data ring8-pacgan --workers cards:2 --steps 300 \
      --out "$out/cards-$(date +%s)"
  fi
fi

if on_card compare; then
  for workload in mlp ring dcgan28 dcgan32 wgangp28; do
    run compare 120 "${tandem[@]}" bench --compare "$workload" 50 --device cuda
  done
  run compare 120 "${tandem[@]}" bench --compare dcgan64 5 --device cuda
fi

if on_card times; then
  torch_missing=
  python3 -c 'import torch; assert torch.cuda.is_available()' 2> /dev/null ||
    torch_missing="python3 has no torch that sees a card"
  for workload in mlp ring dcgan28 dcgan32 wgangp28 dcgan64; do
    for _ in 1 2; do
      run times 120 "${tandem[@]}" bench "$workload" --device cuda
      if [[ -z $torch_missing ]] || $dry; then
        run times 180 python3 "$torch" eager,graph "$workload" 50 20
      fi
    done
  done
  [[ -z $torch_missing ]] || $dry || tell times "without PyTorch: $torch_missing"
fi

for tool in memcheck racecheck; do
  if on_card "$tool"; then
    if has compute-sanitizer || $dry; then
      run "$tool" 300 compute-sanitizer --tool "$tool" --target-processes all --error-exitcode 9 "${check[@]}"
    else
      tell "$tool" "not run: there is no compute-sanitizer; it comes with the CUDA toolkit"
    fi
  fi
done

if on_card train; then
  if ! $dry && ! "$java" --list-modules | grep -q '^java.desktop'; then
    tell train "not run: this Java runtime has no java.desktop, which pictures need"
  else
    run train $((60 * minutes + 300)) "${tandem[@]}" gan --data mnist --preset dcgan --device cuda \
      --steps 1000000 --minutes "$minutes" --fid 10000 --out "$out/train-$(date +%s)"
  fi
fi

$dry || echo "logs are in $out"
exit $failed
