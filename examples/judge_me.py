# The gradients of one case in plain Python: python3 examples/judge_me.py > mine.csv
import math, struct
case = "notebook/n=1/target=y/upstream=none/auto"
f32 = lambda value: struct.unpack("f", struct.pack("f", value))[0]  # inputs are float32
x, W_A = [3, 4, 8], [[f32(v) for v in row] for row in [[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]]]
W_B = [[f32(v) for v in row] for row in [[0.1, -0.3], [0.2, 0.1]]]
z = [sum(a * row[j] for a, row in zip(x, W_A)) for j in range(2)]
y = [1 / (1 + math.exp(-sum(a * row[j] for a, row in zip(z, W_B)))) for j in range(2)]
dlogits = [v * (1 - v) for v in y]
dz = [sum(w * d for w, d in zip(row, dlogits)) for row in W_B]
dW_A, dW_B = [a * d for a in x for d in dz], [a * d for a in z for d in dlogits]
print("case,tensor,index,value")
for name, values in dict(z=z, y=y, dlogits=dlogits, dz=dz, dW_A=dW_A, dW_B=dW_B).items():
    for index, value in enumerate(values):
        print(case, name, index, value, sep=",")
