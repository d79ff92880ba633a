# macOS: a launch agent. THINLINE_ROOT is put before the system's paths: for images and tests.
usual_folder=/Applications/Thinline

system_ready() {
    label=org.thinline.$program
    agent=/Library/LaunchAgents/$label.plist
    marks="/Library/Application Support/Thinline"
    [ "$(id -u)" = 0 ] || [ -n "$root" ] || fail 6 "Only an administrator can install it: sudo ./install.sh."
}

# A path may have anything in it.
check_path() {
    :
}

system_paths() {
    printf '%s\n' "$agent"
}

# An agent whose program is gone with its folder belongs to nobody.
system_clean() {
    [ -f "$root$agent" ] || return 0
    path=$(sed -n 's|^ *<string>\(/.*\)</string>$|\1|p' "$root$agent" | sed -e 's/&lt;/</g' -e 's/&amp;/\&/g' -e 1q)
    [ -z "$path" ] || [ -e "$root$path" ] || rm -f "$root$agent"
}

# An upgrade leaves what people may have changed.
system_keep() {
    if [ ! -e "$root$agent" ]; then
        keep Startup no
        return 0
    fi
    keep Startup yes
    [ "$program" = thinline ] || return 0
    if grep -q -e --standalone "$root$agent"; then keep DeploymentType Std; else keep DeploymentType Citrix; fi
}

# Starts it for who is signed in at the screen. An agent of before that runs there goes on: a call may be up.
start_now() {
    [ -z "$root" ] || return 0
    user=$(stat -f %u /dev/console 2> /dev/null || echo 0)
    [ "$user" = 0 ] || launchctl bootstrap "gui/$user" "$agent" 2> /dev/null || :
}

xml() {
    printf '%s\n' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g'
}

# What isn't signed doesn't run on Apple silicon, and what was downloaded not without being asked for.
make_runnable() {
    ! command -v xattr > /dev/null || xattr -d com.apple.quarantine "$1" 2> /dev/null || :
    command -v codesign > /dev/null || return 0
    ! codesign --verify "$1" 2> /dev/null || return 0
    codesign --force --sign - "$1" 2> /dev/null || note "$1 could not be signed."
}

print_agent() {
    printf '<?xml version="1.0" encoding="UTF-8"?>\n'
    printf '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
    printf '<plist version="1.0">\n<dict>\n  <key>Label</key>\n  <string>%s</string>\n' "$label"
    printf '  <key>ProgramArguments</key>\n  <array>\n    <string>%s</string>\n' "$(xml "$setting_InstallPath/$program")"
    if [ "$program" = thinline ]; then
        [ "$setting_DeploymentType" != Std ] || printf '    <string>--standalone</string>\n'
        printf '    <string>--config</string>\n    <string>%s</string>\n' "$(xml "$setting_InstallPath/Softphone.config")"
    fi
    printf '  </array>\n  <key>RunAtLoad</key>\n  <true/>\n'
    # The adapter that it starts, and the calls there, outlive it.
    printf '  <key>AbandonProcessGroup</key>\n  <true/>\n  <key>ProcessType</key>\n  <string>Interactive</string>\n</dict>\n</plist>\n'
}

system_install() {
    make_runnable "$folder/$program"
    if [ -e "$root$agent" ] && ! ours "$agent"; then
        note "$agent was there before, and was left as it is."
    elif [ "$setting_Startup" = no ]; then
        rm -f "$root$agent"
    else
        need_folder "${agent%/*}"
        save "$root$agent" 644 print_agent
        [ "$action" = upgrade ] || start_now
    fi
}

system_remove() {
    :
}
