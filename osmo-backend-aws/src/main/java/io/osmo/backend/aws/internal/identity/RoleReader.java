// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Reads the roles by their names, which are known; IAM lists roles without their tags, so each would have to be read anyway.
 * One round trip.
 */
final class RoleReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        return Reading.all(
                Arrays.stream(RoleKind.values()).map(kind -> role(aws, kind)).toList());
    }

    private static CompletableFuture<Reading> role(AwsContext aws, RoleKind kind) {
        CompletableFuture<Optional<Role>> role = aws.scheduler().call(() -> IamRole.find(aws, kind));
        CompletableFuture<Set<String>> attached =
                aws.scheduler().call(() -> IamRole.attached(aws, IamRole.name(aws, kind)));
        CompletableFuture<Map<String, String>> inline = kind.hasInline()
                ? aws.scheduler().call(() -> IamRole.inline(aws, kind))
                : CompletableFuture.completedFuture(Map.of());
        return role.thenCombine(
                attached.thenCombine(inline, Map::entry),
                (found, policies) -> found.map(each -> Reading.of(
                                IamRole.id(kind),
                                Observed.ours(new ObservedRole(each, policies.getKey(), policies.getValue()))))
                        .orElseGet(Reading::empty));
    }
}
