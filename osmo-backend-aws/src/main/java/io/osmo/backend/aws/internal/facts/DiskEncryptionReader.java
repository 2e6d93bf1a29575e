// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.DiskEncryption;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether EBS encrypts disks by default (SC-2). */
final class DiskEncryptionReader implements FactReader<FactSource, DiskEncryption> {
    static final Needs NEEDS = Needs.reading("ec2:GetEbsEncryptionByDefault", "ec2:GetEbsDefaultKmsKeyId");

    @Override
    public CompletableFuture<Fact<DiskEncryption>> read(FactSource source) {
        AwsContext context = source.context();
        CompletableFuture<Boolean> byDefault = context.async(
                "ec2:GetEbsEncryptionByDefault",
                () -> context.ec2().getEbsEncryptionByDefault(r -> {}).ebsEncryptionByDefault());
        CompletableFuture<String> key = context.async(
                "ec2:GetEbsDefaultKmsKeyId",
                () -> context.ec2().getEbsDefaultKmsKeyId(r -> {}).kmsKeyId());
        return Facts.of(byDefault.thenCombine(
                key, (on, id) -> new DiskEncryption(on, on ? Optional.of(id) : Optional.empty())));
    }
}
