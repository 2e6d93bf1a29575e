// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.spi.provider.TagRules;
import io.osmo.backend.spi.provider.TagRules.Text;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What all resources of a backend allow as tags that get those of a spec. Storage accounts allow the shortest keys; Azure takes
 * {@code Owner} and {@code owner} for one key. A pool has the fewest tags to give away, since AKS adds its own to the machines.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations">Azure: limits of tags</a>
 * @see <a href="https://learn.microsoft.com/azure/aks/use-tags">AKS: tags of clusters and pools</a>
 */
public final class AzureTags {
    private static final int MOST = 50;

    /** Backend, region, manager and resource, and for pools the pool and its generation. */
    private static final int OURS = 6;

    /** Tags such as {@code aks-managed-poolName} of the scale set of a pool. */
    private static final int OF_AKS = 14;

    /** Rules for the tags of a spec. */
    public static final TagRules RULES = new TagRules(
            "Azure tags",
            new Text(
                    128,
                    Pattern.compile("[^<>%&\\\\?/]+"),
                    "any characters but < > % & \\ ? /",
                    List.of("microsoft", "azure", "windows", "aks-managed", "k8s-azure")),
            new Text(256, Pattern.compile("(?s).*"), "any characters", List.of()),
            true,
            MOST - OURS - OF_AKS);

    private AzureTags() {}
}
