/** EC2: one class per collection of the service. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.ec2;

import org.jspecify.annotations.NullMarked;
