// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.access;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.cluster.ClusterAccess.ExecPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The AWS CLI, as {@code aws eks update-kubeconfig} writes it into a kubeconfig.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html">get-token</a>
 */
public final class EksPlugin {
    private EksPlugin() {}

    public static ExecPlugin of(String cluster, String region, EksSettings settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--region", region, "eks", "get-token", "--cluster-name", cluster, "--output", "json"));
        settings.roleArn().ifPresent(role -> arguments.addAll(List.of("--role-arn", role)));
        return new ExecPlugin(
                "aws",
                arguments,
                settings.profile().map(name -> Map.of("AWS_PROFILE", name)).orElse(Map.of()),
                false,
                "Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html");
    }
}
