# The installer of the archives for Linux and macOS. What differs between them is in the functions of the system, above.

usage() {
    cat << END
install.sh [-s [-fr FILE]] [-fl FILE] [-u]

  -s        asks nothing: settings come from a file
  -fr FILE  that file (default with -s: $(printf '%s or ' @SILENT_FILES@ | sed 's/ or $//') beside install.sh)
  -fl FILE  the result log (default: install_result.log beside install.sh)
  -u        removes what was installed, with its configuration

It ends with 0, or with what docs/install says of the number.
END
}

# ask KEY QUESTION: keeps the default where nothing is said
ask() {
    eval "default=\$setting_$1"
    while :; do
        printf '%s [%s] ' "$2" "$default"
        IFS= read -r answer || exit 1
        [ -n "$answer" ] || return 0
        set_setting "$(lower "$1")" "$answer" && return 0
        printf 'It takes %s.\n' "$wanted"
    done
}

ask_all() {
    if [ "$program" = thinline ]; then
        ask DeploymentType "Is the endpoint adapter on this machine (Std), or is this a virtual desktop (Citrix)?"
    fi
    ask Startup "Start $program when a user signs in?"
    if [ "$program" = thinline ]; then
        ask Connector "Let an agent desktop configure the phone?"
        if [ "$setting_Connector" = yes ]; then
            ask ConnectorPort "The connector's port?"
            ask HTTPS "By https?"
        fi
    fi
    ask InstallPath "Install to?"
}

# keep KEY VALUE: an upgrade leaves it so, and the result log says that
keep() {
    eval "given=\$setting_$1; setting_$1=\$2"
    [ "$given" = "$2" ] || case $taken in *" $1 "*) note "$1 was left as it was: $2." ;; esac
}

# save FILE MODE WORDS: what the words print, in one step
save() {
    file=$1
    mode=$2
    shift 2
    "$@" 2> /dev/null > "$file.part" && chmod "$mode" "$file.part" && mv -f "$file.part" "$file" || {
        rm -f "$file.part"
        fail 6 "$file can't be written."
    }
}

# need_folder PATH
need_folder() {
    mkdir -p "$root$1" 2> /dev/null || fail 6 "$root$1 can't be made."
}

# ours PATH: whether it is there by us, and goes with us
ours() {
    grep -qxF -e "$1" "$work/new"
}

# is_to_write PATH: not what people may have changed, or had put there before us
is_to_write() {
    [ ! -e "$root$1" ] || { [ "$action" = install ] && ours "$1"; }
}

# put FILE: from the archive to the folder, replacing it in one step, as the old one may be running
put() {
    case $1 in */*) need_folder "$setting_InstallPath/${1%/*}" ;; esac
    mode=644
    [ ! -x "$here/files/$1" ] || mode=755
    save "$folder/$1" "$mode" cat "$here/files/$1"
}

# Sets installed_in to the folder that it is in, or to nothing.
find_folder() {
    installed_in=""
    [ -r "$root$mark" ] || return 0
    IFS= read -r installed_in < "$root$mark" || :
    [ -n "$installed_in" ] && [ -f "$root$installed_in/$program.installed" ] || installed_in=""
}

# The version that is there whole, the name of the folder with its files, and that of the version before, which may still run.
read_version() {
    installed=""
    current=""
    former=""
    [ -r "$folder/$program.version" ] || return 0
    { IFS= read -r installed && IFS= read -r current && IFS= read -r former; } < "$folder/$program.version" || :
}

# Another's program would be mixed with ours.
check_folder() {
    for path in "$folder"/thinline*.installed; do
        [ ! -f "$path" ] || return 0
    done
    for path in "$folder"/* "$folder"/.[!.]*; do
        [ -e "$path" ] || [ -L "$path" ] || continue
        # What administrators put there before, and what a file system has of its own.
        case ${path##*/} in Softphone.config | "$program.options" | *.log | lost+found) continue ;; esac
        fail 3 "InstallPath can't be \"$setting_InstallPath\": something else is there (${path##*/})."
    done
}

make_work() {
    work=$(mktemp -d) || fail 6 "No temporary folder can be made."
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
}

# What was installed, one path in a line; folders that were made for it end with /.
read_old() {
    : > "$work/old"
    [ -f "$folder/$program.installed" ] || return 0
    sort -u "$folder/$program.installed" > "$work/old"
    grep -qxF -e "$setting_InstallPath/$program.installed" "$work/old" \
        || fail 3 "InstallPath can't be \"$setting_InstallPath\": what is there was installed by another path."
}

# What is there by us then: what wasn't there before, and what was ours.
plan() {
    {
        (cd "$here/files" && find . -type f) | sed 's|^\./||'
        printf '%s\n' "$program.installed" "$program.version"
        [ "$program" != thinline ] || echo Softphone.config
    } | while IFS= read -r path; do printf '%s\n' "$setting_InstallPath/$path"; done > "$work/paths"
    printf '%s\n' "$mark" >> "$work/paths"
    system_paths >> "$work/paths"
    awk '{
        print
        count = split($0, part, "/")
        above = "/"
        for (i = 2; i < count; i++) {
            above = above part[i] "/"
            print above
        }
    }' "$work/paths" | sort -u > "$work/wanted"
    {
        comm -12 "$work/wanted" "$work/old"
        comm -23 "$work/wanted" "$work/old" | while IFS= read -r path; do
            [ -e "$root$path" ] || [ -L "$root$path" ] || printf '%s\n' "$path"
        done
        [ -z "$former" ] || kept="$setting_InstallPath/$former/" awk 'index($0, ENVIRON["kept"]) == 1' "$work/old"
    } | sort -u > "$work/new"
}

# Removes what the list on standard input names, and of its folders those that are empty then.
remove_listed() {
    sort -r | while IFS= read -r path; do
        case $path in
            */) rmdir "$root$path" ;;
            *) rm -f "$root$path" ;;
        esac 2> /dev/null
    done
}

install_files() {
    make_work
    read_old
    # The folder of this version's files is named by what is in them.
    set=$(cd "$here/files" && ls -d "$program"-*/ 2> /dev/null | sed -e 's|/$||' -e 1q)
    [ "$set" = "$current" ] || former=$current
    [ -n "$installed_in" ] || rm -f "$root$mark"
    system_clean
    plan
    need_folder "$setting_InstallPath"
    # What ends half way can be removed, too.
    save "$folder/$program.installed" 644 sort -u "$work/old" "$work/new"
    need_folder "${mark%/*}"
    save "$root$mark" 644 printf '%s\n' "$setting_InstallPath"
    (cd "$here/files" && find . -type f) | sed 's|^\./||' | sort > "$work/files"
    while IFS= read -r path; do put "$path"; done < "$work/files"
    if [ "$program" = thinline ]; then
        config=$setting_InstallPath/Softphone.config
        [ "$action" = upgrade ] || ! is_to_write "$config" || rm -f "$root$config"
        write_configuration "$folder/Softphone.config.template" "$root$config"
    fi
    system_install
    comm -23 "$work/old" "$work/new" | remove_listed
    save "$folder/$program.installed" 644 cat "$work/new"
    save "$folder/$program.version" 644 printf '%s\n' "$version" "$set" "$former"
}

# Folders that were made for this half and that the other one needs, too, go with that.
hand_over() {
    other=thinline
    [ "$program" != thinline ] || other=thinline-adapter
    [ -r "$root$marks/$other.folder" ] || return 0
    IFS= read -r path < "$root$marks/$other.folder" || return 0
    list=$root$path/$other.installed
    [ -f "$list" ] || return 0
    grep '/$' "$work/old" | while IFS= read -r path; do
        [ ! -d "$root$path" ] || printf '%s\n' "$path"
    done > "$work/left"
    save "$list" 644 sort -u "$list" "$work/left"
}

uninstall() {
    [ -f "$folder/$program.installed" ] || fail 1 "$program is not installed in $folder${installed_in:+, but in $root$installed_in}."
    [ -w "$folder" ] || fail 6 "$folder can't be written to."
    make_work
    read_old
    system_remove
    # The list goes last: what ends half way can be begun again.
    grep -vxF -e "$setting_InstallPath/$program.installed" "$work/old" | remove_listed
    rm -f "$folder/$program.installed"
    grep '/$' "$work/old" | remove_listed
    hand_over
    note "What runs goes on until its user signs out."
}

# The log tells what happened, so there is none without it.
check_log() {
    if (: >> "$product_log") 2> /dev/null; then return 0; fi
    log=$product_log
    product_log=""
    if [ "$silent" = yes ] || [ "$1" = given ]; then fail 6 "$log can't be written."; fi
    say "There will be no result log, as $log can't be written."
}

finish() {
    write_log 0 "$1" || { say "$1 But $product_log can't be written."; exit 6; }
    [ "$silent" = yes ] || printf '%s: %s\n' "$setting_InstallPath" "$1"
    exit 0
}

main() {
    here=$(cd "$(dirname "$0")" && pwd)
    silent=no
    settings_file=""
    action=install
    product_log=$here/install_result.log
    log_file=usual
    while [ $# -gt 0 ]; do
        case $1 in
            -s) silent=yes ;;
            -u) action=remove ;;
            -fr | -fl)
                [ $# -gt 1 ] || { usage >&2; exit 3; }
                if [ "$1" = -fr ]; then settings_file=$2; else product_log=$2 log_file=given; fi
                shift
                ;;
            -h | --help) usage; exit 0 ;;
            *) usage >&2; exit 3 ;;
        esac
        shift
    done
    check_log "$log_file"
    root=${THINLINE_ROOT:-}
    if [ -n "$root" ]; then
        root=$(cd "$root" 2> /dev/null && pwd) || fail 1 "THINLINE_ROOT is no folder."
        root=${root%/}
    fi
    if [ -z "$settings_file" ] && [ "$silent" = yes ]; then
        for file in @SILENT_FILES@; do
            [ ! -r "$here/$file" ] || { settings_file=$here/$file; break; }
        done
        [ -n "$settings_file" ] || [ "$action" = remove ] || fail 2 "-s needs a file with settings: -fr FILE."
    fi
    [ -z "$settings_file" ] || read_settings "$settings_file"
    system_ready
    mark=$marks/$program.folder
    find_folder
    [ -n "$setting_InstallPath" ] || setting_InstallPath=${installed_in:-$usual_folder}
    if [ "$silent" = no ] && [ "$action" = install ] && [ -z "$installed_in" ]; then ask_all; fi
    check_path
    folder=$root$setting_InstallPath
    if [ "$action" = remove ]; then
        uninstall
        finish "Version $version was removed."
    fi
    check_settings
    [ "${installed_in:-$setting_InstallPath}" = "$setting_InstallPath" ] \
        || fail 3 "InstallPath can't be \"$setting_InstallPath\": $program is in $installed_in. Leave it out, or remove that first."
    read_version
    [ -z "$installed" ] || action=upgrade
    check_installed "$installed"
    if [ "$action" = upgrade ]; then
        system_keep
        note "Who is signed in has the new version from the next sign-in on."
    else
        check_folder
    fi
    install_files
    finish "Version $version is installed."
}

main "$@"
