// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.EksResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.AddonIssue;
import software.amazon.awssdk.services.eks.model.DescribeUpdateRequest;

/** An add-on that exists. It can be read and deleted; what is wanted of it is not known here. */
public sealed class ExistingAddon extends EksResource<Addon> permits ClusterAddon {
    private static final Timing TIMING = new Timing(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(20));

    ExistingAddon(AwsContext context, String name, Set<ResourceId> after) {
        super(context, Ids.addon(name), Addon.class, after, TIMING, "add-on " + name);
    }

    @Override
    public final boolean neededByControllers() {
        return true;
    }

    @Override
    protected final void name(DescribeUpdateRequest.Builder request) {
        request.addonName(id().name());
    }

    @Override
    public final Optional<Addon> read(State state) {
        return describe(context, id().name());
    }

    static Optional<Addon> describe(AwsContext context, String name) {
        return context.find(
                "eks:DescribeAddon",
                () -> context.eks()
                        .describeAddon(r -> r.clusterName(context.name()).addonName(name))
                        .addon());
    }

    /** An add-on is degraded as long as its pods have no node: that passes. */
    @Override
    public final Readiness readiness(Addon observed) {
        String issues = issues(observed);
        String reason = observed.statusAsString() + (issues.isEmpty() ? "" : ": " + issues);
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case UPDATE_FAILED -> new Readiness(Readiness.Status.READY, issues);
            case CREATING, UPDATING, DEGRADED -> Readiness.pending(reason);
            case DELETING -> Readiness.deleting();
            default -> failed(code(observed), reason);
        };
    }

    private static Optional<String> code(Addon observed) {
        return observed.health() == null
                ? Optional.empty()
                : observed.health().issues().stream().findFirst().map(AddonIssue::codeAsString);
    }

    private static String issues(Addon observed) {
        return observed.health() == null
                ? ""
                : observed.health().issues().stream()
                        .map(issue -> issue.codeAsString() + ": " + issue.message())
                        .collect(Collectors.joining("; "));
    }

    @Override
    public final void delete(Addon observed, State state) {
        context.delete(
                "eks:DeleteAddon",
                () -> context.eks()
                        .deleteAddon(r -> r.clusterName(context.name()).addonName(id().name())));
    }
}
