# What every installer for Linux and macOS has in common: the settings of a silent installation, checked before anything
# is touched, and the result log. The functions above this were made from packaging/product.json.

# Bytes are bytes, in a file of any encoding.
LC_ALL=C
export LC_ALL
unset CDPATH
product_log=""
notes=""
# Keys that somebody gave, each between blanks.
taken=" "
# Keys whose values are in a file that is kept.
left_alone=" "
byte_order_mark=$(printf '\357\273\277')

say() {
    printf '%s: %s\n' "$program" "$1" >&2
}

# Says it on standard error, writes the log, and ends. fail CODE SENTENCE
fail() {
    say "$2"
    write_log "$1" "$2" || say "$product_log can't be written."
    exit "$1"
}

note() {
    notes="${notes}Note=$1
"
}

# leave PLACE KEY...: what is in force is there, and what was given has no effect
leave() {
    place=$1
    shift
    for key; do
        left_alone="$left_alone$key "
        case $taken in *" $key "*) note "$key was left as it is in $place." ;; esac
    done
}

print_setting() {
    case $left_alone in *" $1 "*) ;; *) printf '%s=%s\n' "$1" "$2" ;; esac
}

# write_log CODE SENTENCE
write_log() {
    [ -n "$product_log" ] || return 0
    {
        printf '[ResponseResult]\nResultCode=%s\n' "$1"
        printf '[Result]\nProduct=%s\nVersion=%s\nAction=%s\nMessage=%s\n' "$program" "$version" "${action:-install}" "$2"
        printf '[Settings]\n'
        print_settings
        [ -z "$notes" ] || printf '[Notes]\n%s' "$notes"
    } 2> /dev/null > "$product_log"
}

lower() {
    printf '%s' "$1" | tr '[:upper:]' '[:lower:]'
}

# Prints the value as it is kept, or nothing where a setting can't have it. in_form FORM VALUE
in_form() {
    case $1 in
        path)
            # Paths are compared as they are written.
            case $2/ in
                [!/]* | */../* | */./* | *[[:cntrl:]]*) ;;
                *) printf '%s\n' "$2" | tr -s / | sed 's|/$||' ;;
            esac
            ;;
        switch)
            case $(lower "$2") in
                yes | true | 1 | on) echo yes ;;
                no | false | 0 | off) echo no ;;
            esac
            ;;
        port)
            case $2 in
                '' | *[!0-9]* | 0* | ??????*) ;;
                *) [ "$2" -lt 1 ] || [ "$2" -gt 65535 ] || echo "$2" ;;
            esac
            ;;
        digits) case $2 in '' | *[!0-9]*) ;; *) echo "$2" ;; esac ;;
        version)
            case $2 in
                '' | *[!0-9.]* | .* | *. | *..*) ;;
                *) echo "$2" ;;
            esac
            ;;
    esac
}

# One line of the file. Sections are not looked at: the vendor's and ours differ, the keys don't.
take_line() {
    line=$(printf '%s\n' "${1#"$byte_order_mark"}" | tr -d '\r' | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//')
    case $line in
        '' | ';'* | '#'* | '['*) return 0 ;;
        *=*) ;;
        *) fail 3 "\"$line\" is not KEY=VALUE." ;;
    esac
    key=$(printf '%s\n' "${line%%=*}" | sed 's/[[:space:]]*$//')
    given=$(printf '%s\n' "${line#*=}" | sed -e 's/^[[:space:]]*//' -e 's/^"\(.*\)"$/\1/')
    [ -n "$given" ] || return 0
    set_setting "$(lower "$key")" "$given" || case $? in
        1) note "$key is not a setting of $program here, and was left alone." ;;
        *) fail 3 "$key can't be \"$given\": it takes $wanted." ;;
    esac
}

# read_settings FILE: sets the variables setting_KEY
read_settings() {
    [ -r "$1" ] || fail 2 "$1 can't be read."
    while IFS= read -r raw || [ -n "$raw" ]; do
        take_line "$raw"
    done < "$1"
}

# What settings say together.
check_settings() {
    [ "${setting_CertificateType:-}" != File ] || [ -n "${setting_CertificateFile:-}" ] \
        || fail 3 "CertificateType=File needs CertificateFile."
}

# check_installed VERSION: what is installed, or empty
check_installed() {
    [ -n "$1" ] || return 0
    if [ -n "${setting_IPVersion:-}" ] && [ "$setting_IPVersion" != "$1" ]; then
        fail 4 "IPVersion is $setting_IPVersion, and $1 is installed."
    fi
    if is_older "$version" "$1"; then
        fail 5 "Version $1 is installed, which is later than $version. Remove it first."
    fi
}

# is_older A B: whether version A comes before B
is_older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -t. -k1,1n -k2,2n -k3,3n -k4,4n | head -n 1)" = "$1" ]
}

# For the right side of a sed command that has | between its parts, within XML.
xml_for_sed() {
    printf '%s\n' "$1" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/"/\&quot;/g' -e 's/[\\&|]/\\&/g'
}

# write_configuration TEMPLATE FILE: unless there is one that is to be kept
write_configuration() {
    if [ -e "$2" ] && { [ "$setting_PreserveConfigFile" = yes ] || [ "$setting_Connector" = yes ]; }; then
        note "$2 was kept as it is."
        leave "$2" Connector ConnectorPort HTTPS CertificateType CertificateFile
        return 0
    fi
    port=""
    protocol=http
    certificate=""
    [ "$setting_Connector" = no ] || port=$setting_ConnectorPort
    [ "$setting_HTTPS" = no ] || protocol=https
    [ "$setting_CertificateType" != File ] || certificate=$(xml_for_sed "$setting_CertificateFile")
    # Passwords may be written into it later; who runs the phone reads it.
    sed -e "s|@CONNECTOR_PORT@|$port|" -e "s|@CONNECTOR_PROTOCOL@|$protocol|" -e "s|@CONNECTOR_THUMBPRINT@||" \
        -e "s|@CONNECTOR_CERTIFICATE@|$certificate|" "$1" > "$2.part" && chmod 644 "$2.part" && mv "$2.part" "$2" \
        || { rm -f "$2.part"; fail 6 "$2 can't be written."; }
}
