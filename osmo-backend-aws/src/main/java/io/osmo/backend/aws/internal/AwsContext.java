// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.SessionCache;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** One backend on AWS. */
public final class AwsContext extends ProviderContext {
    private final AwsClients clients;
    private final EksSettings settings;
    private final Ownership ownership;

    /** @param tags tags that the spec adds to everything that is created */
    public AwsContext(
            BackendRef ref,
            Scheduler scheduler,
            SessionCache cache,
            AwsClients clients,
            EksSettings settings,
            Map<String, String> tags) {
        super(ref, scheduler, cache);
        this.clients = clients;
        this.settings = settings;
        this.ownership = new Ownership(ref, tags);
    }

    @Override
    public Optional<String> account(Inventory inventory) {
        return Optional.of(Caller.of(inventory).account());
    }

    public EksSettings settings() {
        return settings;
    }

    /** Whether the target offers a feature. */
    public boolean offers(EksFeature feature) {
        return settings.offers(feature);
    }

    /** How objects of this backend are told from others. */
    public Ownership ownership() {
        return ownership;
    }

    public AwsClients clients() {
        return clients;
    }

    public AutoScalingClient autoScaling() {
        return clients.autoScaling();
    }

    public BackupClient backup() {
        return clients.backup();
    }

    public Ec2Client ec2() {
        return clients.ec2();
    }

    public EksClient eks() {
        return clients.eks();
    }

    public IamClient iam() {
        return clients.iam();
    }

    public KmsClient kms() {
        return clients.kms();
    }

    public ResourceGroupsTaggingApiClient tagging() {
        return clients.tagging();
    }

    /**
     * Client token of a create call: the same for the same resource and the same parameters, so that a retry after a lost
     * response creates nothing twice.
     *
     * @param parameters what is asked for; AWS refuses a token that comes back with other parameters
     */
    public String token(ResourceId id, Object... parameters) {
        StringBuilder seed = new StringBuilder(ref().toString()).append('\n').append(id);
        for (Object parameter : parameters) {
            seed.append('\n').append(parameter);
        }
        return UUID.nameUUIDFromBytes(seed.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    protected RuntimeException translate(String operation, RuntimeException failure) {
        return failure instanceof SdkException sdk ? AwsErrors.translate(operation, region(), sdk) : failure;
    }
}
