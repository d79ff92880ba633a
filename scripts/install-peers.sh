#!/bin/sh
# Installs the real parts that the system tests are made against, on Debian 12 (as root). Does nothing when all are there.
# Its word says for which tests: nothing for `npm test`, packages or packages-quick for `npm run test:packages`.
set -eu

peers='kamailio kamailio-tls-modules kamailio-websocket-modules openssl baresip-core sip-tester pulseaudio pulseaudio-utils libasound2-plugins chromium dnsmasq-base coturn ffmpeg libbcg729-0 espeak-ng iproute2 util-linux gcc libc6-dev xrdp xorgxrdp freerdp2-x11 xvfb xauth freerdp2-dev pkg-config gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32 libsecret-tools gnome-keyring dbus'
quick='binutils debootstrap desktop-file-utils dpkg-dev xz-utils'
others='nsis wixl msitools gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32 wine wine64 osslsigncode gcc-aarch64-linux-gnu libc6-dev-arm64-cross libc6-arm64-cross libstdc++6-arm64-cross qemu-user-static squashfs-tools'
case ${1:-} in
  '') packages=$peers ;;
  packages-quick) packages="$peers $quick" ;;
  packages) packages="$peers $quick $others" ;;
  *)
    echo "There are no peers for $1: say nothing, packages or packages-quick." >&2
    exit 2
    ;;
esac

if ! [ -r /etc/debian_version ] || ! command -v dpkg-query >/dev/null; then
  echo 'The test peers come from the packages of Debian 12, and this is not Debian; see the list in scripts/install-peers.sh.' >&2
  exit 1
fi

missing=''
for package in $packages; do
  state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$state" = 'install ok installed' ] || missing="$missing $package"
done

if [ -z "$missing" ]; then
  echo "All test peers are installed: $packages"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Only root can install the missing test peers:$missing. Try: sudo npm run peers" >&2
  exit 1
fi

# Lists older than a day, or none at all, name versions that the mirror may not have any more.
if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
  echo 'Updating the package lists ...'
  apt-get update -q
fi

echo "Installing:$missing ..."
# No service is started: the tests start the servers that they need, and end them.
policy=/usr/sbin/policy-rc.d
made_policy=''
if ! [ -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  made_policy=yes
fi
trap '[ -z "$made_policy" ] || rm -f "$policy"' EXIT INT TERM
# shellcheck disable=SC2086 # one word for each package
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
echo 'The test peers are installed.'
