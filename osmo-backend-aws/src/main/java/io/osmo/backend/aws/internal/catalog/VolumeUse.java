// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ec2Kind;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Adds up the gp3 storage of all volumes of an account in a region, because AWS does not return the sum. */
public final class VolumeUse {
    private static final int PAGE = 500;

    private VolumeUse() {}

    /** In GiB. */
    public static CompletableFuture<Long> read(AwsContext context) {
        return context.async(
                "ec2:DescribeVolumes",
                () -> context
                        .ec2()
                        .describeVolumesPaginator(r -> r.maxResults(PAGE).filters(Ec2Kind.filter("volume-type", "gp3")))
                        .volumes()
                        .stream()
                        .mapToLong(Volume::size)
                        .sum());
    }
}
