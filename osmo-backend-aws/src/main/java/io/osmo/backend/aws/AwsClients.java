// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS SDK's clients for one region, each created when it is first used. Implement this interface to use other endpoints, credentials
 * or an emulator. Safe for concurrent use.
 */
public interface AwsClients extends AutoCloseable {
    AutoScalingClient autoScaling();

    BackupClient backup();

    Ec2Client ec2();

    EksClient eks();

    ElasticLoadBalancingClient elb();

    ElasticLoadBalancingV2Client elbV2();

    IamClient iam();

    KmsClient kms();

    CloudWatchLogsClient logs();

    /** Client for the Price List of the region's partition, which only a few regions serve. */
    PricingClient pricing();

    ResourceGroupsTaggingApiClient tagging();

    ServiceQuotasClient serviceQuotas();

    SsmClient ssm();

    StsClient sts();

    /** Credentials for what is signed locally, such as the token for an EKS cluster. */
    AwsCredentialsProvider credentials();

    @Override
    void close();

    /** Creates the clients for one region. */
    @FunctionalInterface
    interface Factory {
        AwsClients open(String region, EksSettings settings);
    }
}
