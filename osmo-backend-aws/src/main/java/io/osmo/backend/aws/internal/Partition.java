// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** What differs between the partitions of AWS, from the SDK's own metadata of regions. */
public final class Partition {
    private Partition() {}

    /** Id of a region's partition, such as {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public static String of(String region) {
        return PartitionMetadata.of(Region.of(region)).id();
    }

    /**
     * The service that a role trusts. EC2 alone has another name in each partition; all others end with {@code amazonaws.com}
     * everywhere.
     *
     * @param service such as {@code ec2} or {@code pods.eks}
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">IAM: service
     *     principals</a>
     * @see <a href="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/region-info/lib/default.ts">AWS CDK: service
     *     principals by region</a>
     */
    public static String servicePrincipal(String service, String region) {
        return service + "."
                + (service.equals("ec2")
                        ? PartitionMetadata.of(Region.of(region)).dnsSuffix()
                        : "amazonaws.com");
    }

    /** Whether all endpoint services of AWS have names that begin with {@code com.amazonaws.} and the region. */
    public static boolean hasUniformEndpointServices(String region) {
        return of(region).equals("aws") || of(region).equals("aws-us-gov");
    }
}
