// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Reading;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.iam.model.Role;

/** Reads the roles under the backend's path, then the policies of each: two round trips. */
final class RoleReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        return roles(aws)
                .thenCompose(roles -> Reading.all(roles.stream()
                        .flatMap(role -> kind(aws, role).map(kind -> detailed(aws, role, kind)).stream())
                        .toList()));
    }

    private static CompletableFuture<List<Role>> roles(AwsContext aws) {
        return aws.async(
                "iam:ListRoles",
                () -> aws.clients().iam().listRolesPaginator(r -> r.pathPrefix(IamRole.path(aws))).roles().stream()
                        .toList());
    }

    private static Optional<RoleKind> kind(AwsContext aws, Role role) {
        return Arrays.stream(RoleKind.values())
                .filter(kind -> IamRole.name(aws, kind).equals(role.roleName()))
                .findFirst();
    }

    private static CompletableFuture<Reading> detailed(AwsContext aws, Role role, RoleKind kind) {
        CompletableFuture<Set<String>> attached = aws.scheduler().call(() -> IamRole.attached(aws, role.roleName()));
        CompletableFuture<Map<String, String>> inline = kind.hasInline()
                ? aws.scheduler().call(() -> IamRole.inline(aws, kind))
                : CompletableFuture.completedFuture(Map.of());
        return attached.thenCombine(
                inline,
                (policies, own) -> Reading.of(IamRole.id(kind), Observed.ours(new ObservedRole(role, policies, own))));
    }
}
