# Linux: units of systemd, desktop entries, plugins. THINLINE_ROOT is put before the system's paths: for images and tests.
usual_folder=/opt/thinline

system_ready() {
    # An image is made on another machine.
    [ -n "$root" ] || [ "$(uname -m)" = @MACHINE@ ] || fail 1 "This is for @MACHINE@, and the machine is $(uname -m)."
    if [ "$(id -u)" = 0 ] || [ -n "$root" ]; then
        units=/etc/systemd/user
        entries=/usr/share/applications
        autostart=/etc/xdg/autostart
        marks=/etc/thinline
    else
        units=$HOME/.config/systemd/user
        entries=$HOME/.local/share/applications
        autostart=$HOME/.config/autostart
        marks=$HOME/.config/thinline
    fi
    unit=$units/$program.service
    start=$units/default.target.wants/$program.service
    who='!@system'
    # Which number a thin client's only user has is its maker's business.
    [ "$program" = thinline ] || who='!root'
}

check_path() {
    # systemd and desktops have rules of their own for anything else.
    case $setting_InstallPath in
        *[!A-Za-z0-9/._+-]*) fail 3 "InstallPath can't be \"$setting_InstallPath\": it takes letters, digits and /._+- here." ;;
    esac
}

# What there may be by this, beside the archive's files; one path in a line.
system_paths() {
    printf '%s\n' "$unit" "$start" "$autostart/$program.desktop"
    printf '%s\n' "$setting_InstallPath/$program.options" "$setting_InstallPath/$program-session"
    if [ "$program" = thinline ]; then
        printf '%s\n' "$entries/thinline.desktop"
    else
        printf '%s\n' "$setting_InstallPath/register-clients"
    fi
}

# Units and entries whose program is gone with its folder belong to nobody.
system_clean() {
    for left in "$unit" "$autostart/$program.desktop" "$entries/$program.desktop"; do
        [ -f "$root$left" ] || continue
        path=$(sed -n -e 's|^ExecStart=\(/[^ ]*\).*|\1|p' -e 's|^Exec=\(/[^ ]*\).*|\1|p' "$root$left" | sed 1q)
        [ -z "$path" ] || [ -e "$root$path" ] || rm -f "$root$left"
    done
    [ ! -L "$root$start" ] || [ -e "$root$unit" ] || rm -f "$root$start"
}

# An upgrade leaves what people may have changed.
system_keep() {
    if [ -L "$root$start" ]; then keep Startup yes; else keep Startup no; fi
    if [ "$program" = thinline ] && [ -r "$folder/thinline.options" ]; then
        if grep -q -e --standalone "$folder/thinline.options"; then
            keep DeploymentType Std
        else
            keep DeploymentType Citrix
        fi
    fi
}

# fill FILE TO [MODE]: TO as the installed system has it; 1: there is another's
fill() {
    if [ -e "$root$2" ] && ! ours "$2"; then
        note "$2 was there before, and was left as it is."
        return 1
    fi
    need_folder "${2%/*}"
    path=$setting_InstallPath
    save "$root$2" "${3:-644}" sed -e "s|@PROGRAM@|$path/$program|" -e "s|@SETTINGS@|$path/$program.options|" \
        -e "s|@DOCUMENTS@|$path|" -e "s|^Icon=.*|Icon=$path/thinline.svg|" -e "s|^ConditionUser=.*|ConditionUser=$who|" "$here/system/$1"
}

system_install() {
    options=""
    name=THINLINE_ADAPTER_OPTIONS
    if [ "$program" = thinline ]; then
        name=THINLINE_OPTIONS
        options="--config $setting_InstallPath/Softphone.config"
        [ "$setting_DeploymentType" != Std ] || options="--standalone $options"
        fill thinline.desktop "$entries/thinline.desktop" || :
    else
        fill register-clients "$setting_InstallPath/register-clients" 755
        "$folder/register-clients" add "$root" 2> "$work/refused" > /dev/null \
            || note "The remoting clients could not be told of the plugins."
        while IFS= read -r line; do note "$line"; done < "$work/refused"
    fi
    path=$setting_InstallPath/$program.options
    if is_to_write "$path"; then
        save "$root$path" 644 printf '%s=%s\n' "$name" "$options"
    elif [ "$action" = install ]; then
        note "$path was kept as it is."
        leave "$path" DeploymentType
    fi
    fill start-in-session "$setting_InstallPath/$program-session" 755
    entry=$autostart/$program.desktop
    if [ "$action" = upgrade ]; then
        fill "$program.service" "$unit" || :
        [ ! -e "$root$entry" ] || fill autostart.desktop "$entry" || :
        return 0
    fi
    # Of an installation that ended half way.
    for path in "$start" "$entry"; do
        ! ours "$path" || rm -f "$root$path"
    done
    fill "$program.service" "$unit" || return 0
    [ "$setting_Startup" = yes ] || return 0
    need_folder "${start%/*}"
    ln -sfn "$unit" "$root$start" || fail 6 "$root$start can't be made."
    fill autostart.desktop "$entry" || :
    [ -n "$root" ] || [ -d /run/systemd/system ] || note "systemd does not run here: a desktop's session starts it by $entry."
}

system_remove() {
    [ ! -x "$folder/register-clients" ] || [ "$program" = thinline ] || "$folder/register-clients" remove "$root" > /dev/null || :
}
