/**
 * An AWS account in this process, behind the provider's own seam ({@link io.osmo.backend.aws.AwsClients.Factory}).
 *
 * <p>The vendor's client interfaces are emulated, not the wire: requests and responses are the vendor's own types, so their
 * shape cannot be wrong, and what a type cannot say (required members, patterns, ranges) is checked by {@link
 * io.osmo.backend.testkit.aws.AwsModels} against the vendor's model. One dynamic proxy per client does once for all
 * operations what concerns each of them: counting, faults, validation, virtual time. Behind it stand plain classes, one per
 * concern, whose methods are named and typed as the operations they emulate; an operation without such a method fails loudly.
 */
@NullMarked
package io.osmo.backend.testkit.aws;

import org.jspecify.annotations.NullMarked;
