// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Plain clients of moto, made without the provider: what is checked must not be read through what is tested. */
final class MotoClients implements AutoCloseable {
    private final URI endpoint;
    private final List<SdkAutoCloseable> open = new ArrayList<>();
    final AutoScalingClient autoScaling;
    final Ec2Client ec2;
    final EksClient eks;
    final IamClient iam;
    final KmsClient kms;
    final BackupClient backup;
    final CloudWatchLogsClient logs;

    MotoClients(URI endpoint) {
        this.endpoint = endpoint;
        autoScaling = build(AutoScalingClient.builder());
        ec2 = build(Ec2Client.builder());
        eks = build(EksClient.builder());
        iam = build(IamClient.builder());
        kms = build(KmsClient.builder());
        backup = build(BackupClient.builder());
        logs = build(CloudWatchLogsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C>, C extends SdkAutoCloseable> C build(B builder) {
        C client = builder.region(Region.of(MotoSpecs.REGION))
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
        open.add(client);
        return client;
    }

    @Override
    public void close() {
        open.forEach(SdkAutoCloseable::close);
    }
}
