// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.tagging;

import io.osmo.backend.testkit.internal.aws.backup.Backup;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import io.osmo.backend.testkit.internal.aws.eks.Eks;
import io.osmo.backend.testkit.internal.aws.elb.NetworkLoadBalancers;
import io.osmo.backend.testkit.internal.aws.iam.Iam;
import io.osmo.backend.testkit.internal.aws.kms.Kms;
import java.util.Map;
import java.util.Optional;

/** Tags of what a call names, of all services of a region; policies look at them. */
public final class TagsByName {
    private final Ec2 ec2;
    private final Eks eks;
    private final Iam iam;
    private final Kms kms;
    private final Backup backup;
    private final NetworkLoadBalancers loadBalancers;

    public TagsByName(Ec2 ec2, Eks eks, Iam iam, Kms kms, Backup backup, NetworkLoadBalancers loadBalancers) {
        this.ec2 = ec2;
        this.eks = eks;
        this.iam = iam;
        this.kms = kms;
        this.backup = backup;
        this.loadBalancers = loadBalancers;
    }

    /**
     * The tags of one resource; empty if it does not exist.
     *
     * @param service prefix of IAM actions
     * @param name as a request gives it: an id of EC2, the ARN of a load balancer, id, ARN or alias of a key; of other services the kind
     *     before it, such as {@code role/name}
     */
    public Optional<Map<String, String>> find(String service, String name) {
        return switch (service) {
            case "ec2" -> ec2.tagsOf(name);
            case "eks" -> eks.tagsOf(name);
            case "iam" -> iam.tagsOf(name.substring(name.lastIndexOf('/') + 1));
            case "kms" -> kms.tagsOf(name);
            case "backup" -> backup.find(name);
            default -> Optional.ofNullable(loadBalancers.tagsByArn().get(name));
        };
    }
}
