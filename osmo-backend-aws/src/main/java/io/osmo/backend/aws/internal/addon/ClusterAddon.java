// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.EksUpdates;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.ResolveConflicts;

/**
 * An add-on. It is installed in the default version for the cluster's Kubernetes version and stays there until it no longer
 * fits, so that a new default does not surprise a running backend; a pinned version is followed at once. On creation it
 * overwrites what stands in its place, on updates it preserves what others have set.
 */
public final class ClusterAddon extends AwsResource<Addon> {
    public static final String KIND = "addon";

    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(20));

    private static final String VERSION = "addonVersion";
    private static final String CONFIGURATION = "configurationValues";

    private final String name;
    private final String configuration;
    private final KubernetesVersion kubernetes;
    private final Optional<AddonVersions> versions;
    private final EksUpdates updates;

    /**
     * @param configuration JSON in the add-on's own schema; empty for none
     * @param versions what EKS offers; empty when that is not known, as for an add-on that is deleted
     */
    ClusterAddon(
            AwsContext aws,
            String name,
            String configuration,
            KubernetesVersion kubernetes,
            Optional<AddonVersions> versions,
            Set<ResourceId> after) {
        super(aws, id(name), Addon.class, after, TIMING, "add-on " + name);
        this.name = name;
        this.configuration = configuration;
        this.kubernetes = kubernetes;
        this.versions = versions;
        this.updates = new EksUpdates(aws, r -> r.addonName(name));
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    @Override
    public Optional<Addon> read(State state) {
        return describe(aws, name);
    }

    static Optional<Addon> describe(AwsContext aws, String name) {
        return aws.find(
                "eks:DescribeAddon",
                () -> aws.clients()
                        .eks()
                        .describeAddon(r -> r.clusterName(aws.name()).addonName(name))
                        .addon());
    }

    /** Degraded is what an add-on is whose pods have no node yet: it is waited for. */
    @Override
    public Readiness readiness(Addon observed) {
        String reason = issues(observed);
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case UPDATE_FAILED -> new Readiness(Readiness.Status.READY, reason);
            case CREATING, UPDATING, DEGRADED ->
                Readiness.pending(observed.statusAsString() + (reason.isEmpty() ? "" : ": " + reason));
            case DELETING -> Readiness.deleting();
            default -> Readiness.failed(observed.statusAsString() + (reason.isEmpty() ? "" : ": " + reason));
        };
    }

    private static String issues(Addon observed) {
        return observed.health() == null
                ? ""
                : observed.health().issues().stream()
                        .map(issue -> issue.codeAsString() + ": " + issue.message())
                        .collect(Collectors.joining("; "));
    }

    @Override
    public List<FieldChange> compare(Addon observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String wanted = wantedVersion(Optional.ofNullable(observed.addonVersion()));
        if (!wanted.isEmpty() && !wanted.equals(observed.addonVersion())) {
            changes.add(FieldChange.inPlace(VERSION, observed.addonVersion(), wanted));
        }
        String standing = observed.configurationValues() == null ? "" : observed.configurationValues();
        if (!configuration.isEmpty() && !compact(configuration).equals(compact(standing))) {
            changes.add(FieldChange.inPlace(CONFIGURATION, standing.isEmpty() ? "none" : standing, configuration));
        }
        changes.addAll(Tags.compare(observed.tags(), aws.tags().of(id())));
        return changes;
    }

    private static String compact(String json) {
        return json.replaceAll("\\s", "");
    }

    /** Empty when EKS is to choose. */
    private String wantedVersion(Optional<String> standing) {
        String pinned = aws.settings().addonVersions().get(name);
        if (pinned != null) {
            return pinned;
        }
        return standing.filter(version ->
                        versions.map(v -> v.fits(name, version, kubernetes)).orElse(true))
                .or(() -> versions.flatMap(v -> v.newest(name, kubernetes)))
                .orElse("");
    }

    @Override
    public Addon create(State state) {
        String version = wantedVersion(Optional.empty());
        return aws.call(
                        "eks:CreateAddon",
                        () -> aws.clients().eks().createAddon(r -> {
                            r.clusterName(aws.name())
                                    .addonName(name)
                                    .resolveConflicts(ResolveConflicts.OVERWRITE)
                                    .tags(aws.tags().of(id()));
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
        updates.requireSuccess();
        if (changes.stream().allMatch(change -> change.field().startsWith("tags."))) {
            aws.call(
                    "eks:TagResource",
                    () -> aws.clients()
                            .eks()
                            .tagResource(r -> r.resourceArn(observed.addonArn())
                                    .tags(aws.tags().of(id()))));
            return;
        }
        String version = wantedVersion(Optional.ofNullable(observed.addonVersion()));
        updates.started(aws.call(
                        "eks:UpdateAddon",
                        () -> aws.clients().eks().updateAddon(r -> {
                            r.clusterName(aws.name()).addonName(name).resolveConflicts(ResolveConflicts.PRESERVE);
                            if (!version.isEmpty()) {
                                r.addonVersion(version);
                            }
                            if (!configuration.isEmpty()) {
                                r.configurationValues(configuration);
                            }
                        }))
                .update());
    }

    @Override
    public void delete(Addon observed, State state) {
        aws.delete(
                "eks:DeleteAddon",
                () -> aws.clients()
                        .eks()
                        .deleteAddon(r -> r.clusterName(aws.name()).addonName(name)));
    }
}
