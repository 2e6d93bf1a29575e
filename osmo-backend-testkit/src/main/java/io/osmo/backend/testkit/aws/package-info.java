/**
 * An AWS account in this process, behind the provider's own seam ({@link io.osmo.backend.aws.AwsClients.Factory}).
 *
 * <p>The vendor's client interfaces are emulated, not the wire. Requests and responses are the vendor's own types, so their
 * shape cannot be wrong; required members, patterns and ranges are checked against the vendor's models. One dispatcher does
 * what concerns all calls: recording, faults, validation, virtual time. Behind it are plain classes, one per collection of a
 * service, with methods named and typed as the operations that they emulate. Any other operation fails.
 */
@NullMarked
package io.osmo.backend.testkit.aws;

import org.jspecify.annotations.NullMarked;
