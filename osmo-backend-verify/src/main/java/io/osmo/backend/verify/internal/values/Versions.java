// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * Versions as clouds write them: {@code v1.33.5+rke2r1}, {@code 1.30+}, {@code 1.7.33-ubuntu22.04u1}. A suffix is the
 * vendor's build and does not affect the order, unless it names a pre-release.
 */
public final class Versions {
    private static final int LONGEST = 256;
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?([-+~.].*)?");
    private static final Pattern PRE_RELEASE = Pattern.compile("[-~]((?:alpha|beta|rc)[.\\d]*)\\b.*");

    private static final ParseCache<Optional<Semver>> KNOWN = new ParseCache<>(Versions::read);

    private Versions() {}

    /** The version that a text starts with; empty when there is none. */
    public static Optional<Semver> parse(String text) {
        return KNOWN.of(text);
    }

    private static Optional<Semver> read(String text) {
        Matcher matcher = VERSION.matcher(text.trim());
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String patch = matcher.group(3) == null ? "0" : matcher.group(3);
        String suffix = matcher.group(4) == null ? "" : matcher.group(4);
        Matcher pre = PRE_RELEASE.matcher(suffix);
        Semver version = Semver.create(number(matcher.group(1)), number(matcher.group(2)), number(patch));
        return Optional.of(pre.matches() ? version.withPreRelease(pre.group(1).replaceAll("\\.+$", "")) : version);
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
