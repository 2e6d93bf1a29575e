// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The calls of the SDK that {@link FirstPlan} makes, and nothing else: the same clients on the same HTTP client, all calls at
 * once on as many threads. Prints how many were answered.
 */
public final class BareCalls {
    private static final String BACKEND = "train-west";

    private BareCalls() {}

    /** A call. */
    @FunctionalInterface
    interface Call {
        SdkResponse send();
    }

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        try (SdkHttpClient http = UrlConnectionHttpClient.create();
                Ec2Client ec2 = Ec2Client.builder().httpClient(http).build();
                EksClient eks = EksClient.builder().httpClient(http).build();
                IamClient iam = IamClient.builder().httpClient(http).build();
                KmsClient kms = KmsClient.builder().httpClient(http).build();
                BackupClient backup = BackupClient.builder().httpClient(http).build();
                StsClient sts = StsClient.builder().httpClient(http).build();
                ResourceGroupsTaggingApiClient tagging = ResourceGroupsTaggingApiClient.builder()
                        .httpClient(http)
                        .build()) {
            List<Call> calls = new ArrayList<>();
            calls.add(sts::getCallerIdentity);
            // The plan reads the cluster for itself and for what stands inside.
            calls.add(() -> eks.describeCluster(r -> r.name(BACKEND)));
            calls.add(() -> eks.describeCluster(r -> r.name(BACKEND)));
            for (String role : List.of("cluster", "node", "ebs-csi", "cluster-autoscaler", "backup")) {
                String name = "osmo-" + role + "-us-west-2-" + BACKEND;
                calls.add(() -> iam.getRole(r -> r.roleName(name)));
                calls.add(() -> iam.listAttachedRolePolicies(r -> r.roleName(name)));
            }
            for (String role : List.of("cluster", "ebs-csi", "cluster-autoscaler")) {
                String name = "osmo-" + role + "-us-west-2-" + BACKEND;
                calls.add(() -> iam.getRolePolicy(r -> r.roleName(name).policyName(role)));
            }
            calls.add(() -> kms.describeKey(r -> r.keyId("alias/osmo-backend/" + BACKEND)));
            calls.add(() -> tagging.getResources(r -> r.resourceTypeFilters("kms:key")
                    .tagFilters(f -> f.key("osmo-backend").values(BACKEND))));
            calls.add(() -> backup.listBackupPlans(r -> r.maxResults(1000)));
            calls.add(() -> backup.listBackupVaults(r -> r.maxResults(1000)));
            calls.add(() -> backup.describeBackupVault(r -> r.backupVaultName("osmo-" + BACKEND)));
            Filter ours =
                    Filter.builder().name("tag:osmo-backend").values(BACKEND).build();
            Filter types = Filter.builder()
                    .name("instance-type")
                    .values("g4dn.xlarge", "m6i.xlarge", "m7i.2xlarge")
                    .build();
            calls.add(() -> ec2.describeAvailabilityZones(r -> r.allAvailabilityZones(false)));
            calls.add(() -> ec2.describeInstanceTypes(r -> r.filters(types)));
            calls.add(() -> ec2.describeInstanceTypeOfferings(
                    r -> r.locationType(LocationType.AVAILABILITY_ZONE).filters(types)));
            calls.add(() -> ec2.describeVpcs(r -> r.filters(ours)));
            calls.add(() -> ec2.describeSubnets(r -> r.filters(ours)));
            calls.add(() -> ec2.describeRouteTables(r -> r.filters(ours)));
            calls.add(() -> ec2.describeInternetGateways(r -> r.filters(ours)));
            calls.add(() -> ec2.describeNatGateways(r -> r.filter(ours)));
            calls.add(() -> ec2.describeAddresses(r -> r.filters(ours)));
            calls.add(() -> ec2.describeVpcEndpoints(r -> r.filters(ours)));
            calls.add(() -> ec2.describeSecurityGroups(r -> r.filters(ours)));
            calls.add(() -> ec2.describeLaunchTemplates(r -> r.filters(ours)));

            List<Future<?>> answers = new ArrayList<>();
            for (Call call : calls) {
                answers.add(threads.submit(() -> answer(call)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            System.out.println(calls.size() + " calls answered");
        }
    }

    /** An answer that there is none is one too. */
    private static void answer(Call call) {
        try {
            call.send();
        } catch (AwsServiceException e) {
            if (e.statusCode() >= 500) {
                throw e;
            }
        }
    }
}
