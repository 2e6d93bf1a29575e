// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Reads the roles by their names, which are known; IAM lists roles without their tags, so each has to be read anyway. One round
 * trip. A role with the backend's name but without its tags is foreign.
 */
public final class RoleReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new RoleReader();

    private RoleReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:GetRolePolicy");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        return Reading.all(Arrays.stream(RoleKind.values())
                .map(kind -> role(observation.context(), kind))
                .toList());
    }

    private static CompletableFuture<Reading> role(AwsContext context, RoleKind kind) {
        CompletableFuture<Optional<Role>> role = context.scheduler().call(() -> IamRole.find(context, kind));
        CompletableFuture<Set<String>> attached = context.scheduler().call(() -> IamRole.attached(context, kind));
        CompletableFuture<Map<String, String>> inline = kind.hasInline()
                ? context.scheduler().call(() -> IamRole.inline(context, kind))
                : CompletableFuture.completedFuture(Map.of());
        return role.thenCombine(
                attached.thenCombine(inline, Map::entry),
                (found, policies) -> Reading.of(IamRole.id(kind), found.map(each -> {
                    ObservedRole observed = new ObservedRole(each, policies.getKey(), policies.getValue());
                    return IamRole.isOurs(context, each) ? Observed.ours(observed) : Observed.foreign(observed);
                })));
    }
}
