// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of GKE, such as {@code 1.35.8-gke.1200}, or the beginning of one. Missing parts count as 0. */
public record KubernetesVersion(int major, int minor, int patch, int build) implements Comparable<KubernetesVersion> {
    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:-gke\\.(\\d+))?.*");
    private static final Comparator<KubernetesVersion> ORDER = Comparator.comparingInt(KubernetesVersion::major)
            .thenComparingInt(KubernetesVersion::minor)
            .thenComparingInt(KubernetesVersion::patch)
            .thenComparingInt(KubernetesVersion::build);

    public static KubernetesVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a version of GKE: " + text);
        }
        return new KubernetesVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4));
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    /** Minor versions from the other to this one; negative when the other is newer. */
    public int minorsSince(KubernetesVersion other) {
        return (major - other.major) * 1000 + minor - other.minor;
    }

    public boolean isMinorOf(KubernetesVersion other) {
        return minorsSince(other) == 0;
    }

    /** Such as {@code 1.35}. */
    public String minorText() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }
}
