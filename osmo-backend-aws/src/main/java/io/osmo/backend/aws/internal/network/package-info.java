/** VPC, subnets, ways out, private endpoints; created, or existing ones that are checked and used (NW-1, NW-2). */
@NullMarked
package io.osmo.backend.aws.internal.network;

import org.jspecify.annotations.NullMarked;
