// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.ResolveConflicts;

/**
 * An add-on. It is installed in the default version for the cluster's Kubernetes version and keeps it until it no longer fits, so
 * that a new default does not surprise a running backend; a pinned version is followed at once. Its creation overwrites what
 * exists in its place, its updates preserve what others have set.
 */
public final class ClusterAddon extends ExistingAddon implements Resource<Addon> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Ids.addon("").kind())
            .read("eks:DescribeAddon", "eks:DescribeUpdate")
            .create("eks:CreateAddon", "eks:TagResource")
            .update("eks:UpdateAddon", "eks:TagResource")
            .delete("eks:DeleteAddon");

    private static final String VERSION = "addonVersion";
    private static final String CONFIGURATION = "configurationValues";

    private final String name;
    private final String configuration;
    private final KubernetesVersion kubernetes;
    private final AddonVersions versions;

    /**
     * @param configuration JSON in the add-on's own schema; empty for none
     * @param versions what EKS offers
     */
    ClusterAddon(
            AwsContext context,
            String name,
            String configuration,
            KubernetesVersion kubernetes,
            AddonVersions versions,
            Set<ResourceId> after) {
        super(context, name, after);
        this.name = name;
        this.configuration = configuration;
        this.kubernetes = kubernetes;
        this.versions = versions;
    }

    @Override
    public List<FieldChange> compare(Addon observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String wanted = wantedVersion(Optional.ofNullable(observed.addonVersion()));
        if (!wanted.isEmpty() && !wanted.equals(observed.addonVersion())) {
            changes.add(FieldChange.inPlace(VERSION, observed.addonVersion(), wanted));
        }
        String found = observed.configurationValues() == null ? "" : observed.configurationValues();
        if (!configuration.isEmpty() && !compact(configuration).equals(compact(found))) {
            changes.add(FieldChange.inPlace(CONFIGURATION, found.isEmpty() ? "none" : found, configuration));
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    private static String compact(String json) {
        return json.replaceAll("\\s", "");
    }

    /** Empty when EKS is to choose. */
    private String wantedVersion(Optional<String> existing) {
        return Optional.ofNullable(context.settings().addonVersions().get(name))
                .or(() -> existing.filter(version -> versions.fits(name, version, kubernetes)))
                .or(() -> versions.newest(name, kubernetes))
                .orElse("");
    }

    @Override
    public Addon create(State state) {
        String version = wantedVersion(Optional.empty());
        return context.call(
                        "eks:CreateAddon",
                        () -> context.eks().createAddon(r -> {
                            r.clusterName(context.name())
                                    .addonName(name)
                                    .resolveConflicts(ResolveConflicts.OVERWRITE)
                                    .tags(tags());
                            if (!version.isEmpty()) {
                                r.addonVersion(version);
                            }
                            if (!configuration.isEmpty()) {
                                r.configurationValues(configuration);
                            }
                        }))
                .addon();
    }

    @Override
    public void update(Addon observed, List<FieldChange> changes, State state) {
        if (changes.stream().allMatch(change -> change.field().startsWith("tags."))) {
            tag(observed.addonArn());
            return;
        }
        String version = wantedVersion(Optional.ofNullable(observed.addonVersion()));
        update(
                "eks:UpdateAddon",
                () -> context.eks()
                        .updateAddon(r -> {
                            r.clusterName(context.name()).addonName(name).resolveConflicts(ResolveConflicts.PRESERVE);
                            if (!version.isEmpty()) {
                                r.addonVersion(version);
                            }
                            if (!configuration.isEmpty()) {
                                r.configurationValues(configuration);
                            }
                        })
                        .update());
    }
}
