// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.spi.provider.TagRules;
import io.osmo.backend.spi.provider.TagRules.Text;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What all services allow as tags that get those of a spec. Key and value are those of IAM, whose alphabet is the smallest, and which
 * takes {@code Owner} and {@code owner} for one key.
 *
 * @see <a href="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html">AWS: tag naming limits</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html">IAM: rules for tagging</a>
 */
public final class AwsTags {
    /** Tags of one resource, those with the prefix {@code aws:} left aside. */
    public static final int MOST = 50;

    private static final Pattern ALPHABET = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    private static final String WORDS = "letters, digits, spaces and _ . : / = + - @";

    /** The tags that this library adds to a resource: name of the backend, region, manager, resource, {@code Name}. */
    private static final int OURS = 5;

    /** The tags that EKS and the auto scaling group add to a node, which has more of these than any other tagged resource. */
    private static final int SERVICES = 5;

    /** Rules for the tags of a spec. EKS and Cluster Autoscaler find their groups by tags, which those of a spec must not replace. */
    public static final TagRules RULES = new TagRules(
            "AWS tags",
            new Text(128, KEY, WORDS, List.of("aws:", "eks:", "k8s.io/cluster-autoscaler/")),
            new Text(256, ALPHABET, WORDS, List.of("aws:")),
            true,
            MOST - OURS - SERVICES);

    private AwsTags() {}
}
